import { Link } from 'wouter';
import { lasting } from '../../shared/kernel/time.ts';
import { behindAddress } from './asked.ts';

export interface MedianCellProps {
  readonly medianMs: number | undefined;
  readonly n: number;
  /** The list of the incidents that it comes from. */
  readonly list: string;
}

/** A median with n, as the way to its incidents. */
export function MedianCell({ medianMs, n, list }: MedianCellProps) {
  return (
    <td>
      {medianMs === undefined ? (
        <span className="soft">none</span>
      ) : (
        <Link to={behindAddress(list)}>
          {lasting(medianMs)} <span className="n">n = {n}</span>
        </Link>
      )}
    </td>
  );
}

/** How many incidents there are, as the way to them. */
export function CountCell({ total, list }: { readonly total: number; readonly list: string }) {
  return (
    <td>
      <Link to={behindAddress(list)}>{total}</Link>
    </td>
  );
}
