import { Moment } from '../time/moment.tsx';
import { Bars, type Beside } from './bars.tsx';
import { TrialGroup } from './trial-group.tsx';
import { groupsOf, type Names, pairsOf, policyPairs, signalsText } from './trial-words.ts';
import type { Trial } from './use-trial.ts';

export interface TrialViewProps {
  readonly trial: Trial;
  /** @default 'Draft' */
  readonly beside?: Beside;
  /** What policies are called. */
  readonly names?: Names;
  readonly now: number;
}

/** What a draft would change: in sentences, drawn, and with examples. */
export function TrialView({ trial, beside = 'Draft', names, now }: TrialViewProps) {
  const [first, ...others] = trial.words;
  const policies = policyPairs(trial, names);
  return (
    <div className="trial">
      <p className="trial-first">{first}</p>
      {others.length > 0 && (
        <ul className="trial-words">
          {others.map((sentence) => (
            <li key={sentence}>
              <bdi>{sentence}</bdi>
            </li>
          ))}
        </ul>
      )}
      <Covered trial={trial} now={now} />
      <div className="trial-bars">
        <Bars title="In all" pairs={pairsOf(trial)} beside={beside} />
        {policies.length > 0 && <Bars title="First pages by policy" pairs={policies} beside={beside} />}
      </div>
      {groupsOf(trial).map((group) => (
        <TrialGroup key={group.key} {...{ trial, group, now }} />
      ))}
    </div>
  );
}

function Covered({ trial: { covered, refused }, now }: Pick<TrialViewProps, 'trial' | 'now'>) {
  const { from, until, signals, isComplete, why } = covered;
  return (
    <>
      <p className={isComplete ? 'soft' : 'went-on warn'}>
        {!isComplete && <strong>Not all was played. </strong>}
        Played {signalsText(signals)}, received from <Moment at={from} now={now} /> to{' '}
        <Moment at={until} now={now} />.{why !== undefined && ` ${why}.`}
      </p>
      {refused !== undefined && (
        <div className="went-on warn">
          <p>
            <strong>No alert came of {refused.total} of the bodies:</strong>
          </p>
          <ul>
            {refused.examples.map(({ place, errors }) => (
              <li key={place}>
                Number {place + 1}: {errors.join('; ')}
              </li>
            ))}
          </ul>
        </div>
      )}
    </>
  );
}
