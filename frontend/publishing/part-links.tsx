import { Link } from 'wouter';
import { statusAddress, subscribersAddress } from '../app/addresses.ts';
import { countOf, type Part, parts } from './parts.ts';
import type { Status } from './use-status.ts';

export interface PartLinksProps {
  readonly here: Part;
  readonly status: Status;
}

/** The parts of the management, each with how much there is to look at. */
export function PartLinks({ here, status }: PartLinksProps) {
  return (
    <nav className="part-links" aria-label="Status page">
      {parts.map(([part, name]) => {
        const count = countOf(part, status);
        return (
          <Link key={part} to={statusAddress(part)} aria-current={part === here ? 'page' : undefined}>
            {count === 0 ? name : `${name} (${count})`}
          </Link>
        );
      })}
      <Link to={subscribersAddress}>Subscribers</Link>
    </nav>
  );
}
