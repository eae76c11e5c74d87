import { MINUTE } from '../../shared/kernel/time.ts';
import { Moment } from '../time/moment.tsx';
import type { Cluster } from './use-clusters.ts';

export interface ClusterTestProps {
  readonly tested: Cluster['tested'];
  readonly now: number;
}

/** What came of the last test of a connection, read out when it comes. */
export function ClusterTest({ tested, now }: ClusterTestProps) {
  return (
    <p role="status" className="step-head">
      {tested === undefined ? (
        <span className="soft">Not tested as it is now.</span>
      ) : tested.state === 'asked' ? (
        <span>
          {now - Date.parse(tested.at) < MINUTE
            ? 'Asking it …'
            : 'It was asked, and nothing came back yet: test it again.'}
        </span>
      ) : (
        <>
          <span className={`step-state is-${tested.state === 'reached' ? 'succeeded' : 'failed'}`}>
            {tested.state === 'reached' ? 'Reached' : 'Not reached'}
          </span>
          <span>{tested.says}</span>
          <span className="soft">
            <Moment at={tested.at} now={now} />
          </span>
        </>
      )}
    </p>
  );
}
