import { Link } from 'wouter';
import { type Part, partAddress, parts } from './parts.ts';

/** The parts of the console that are about rules. */
export function PartLinks({ here }: { readonly here: Part }) {
  return (
    <nav className="part-links" aria-label="Rules">
      {parts.map(([part, name]) => (
        <Link key={part} to={partAddress(part)} aria-current={part === here ? 'page' : undefined}>
          {name}
        </Link>
      ))}
    </nav>
  );
}
