import { Link } from 'wouter';
import { useTitle } from '../ui/use-title.ts';

/** For an address that names nothing. */
export function NoPage() {
  useTitle('No such page');
  return (
    <>
      <h1>There is no such page</h1>
      <p>
        <Link to="/incidents">Go to the open incidents</Link>
      </p>
    </>
  );
}
