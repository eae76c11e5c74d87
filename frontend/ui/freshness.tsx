import { lasting } from '../time/age.ts';

export interface FreshnessProps {
  /** When the last answer came; absent before the first. */
  readonly at?: number | undefined;
  readonly now: number;
  readonly problem?: string | undefined;
}

/** How old what is shown is, and why it is not newer. */
export function Freshness({ at, now, problem }: FreshnessProps) {
  return (
    <div className="freshness">
      {problem !== undefined && (
        <p className="notice" role="alert">
          {at === undefined ? problem : `Not up to date: ${problem}`}
        </p>
      )}
      {at !== undefined && <p className="soft">Updated {lasting(now - at)} ago</p>}
    </div>
  );
}
