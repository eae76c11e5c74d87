import { useState } from 'react';
import type { Instant } from '../../../shared/kernel/time.ts';
import type { Api } from '../../api/use-api.ts';
import { useTask } from '../../api/use-task.ts';
import { Moment } from '../../time/moment.tsx';
import { FailedLoad } from '../../ui/failed-load.tsx';
import { Waiting } from '../../ui/waiting.tsx';
import { QuietButtons } from '../silences/quiet-buttons.tsx';
import { QuietText } from '../silences/silence-line.tsx';
import { type Kind, type Quiet, quietOf } from '../silences/use-silences.ts';
import type { ListedAlert } from './use-alert-list.ts';

export interface HeldBackProps {
  readonly api: Api;
  readonly suppressed: NonNullable<ListedAlert['suppressed']>;
  readonly now: Instant;
  /** Whether who looks may let it last longer, or end it. */
  readonly mayChange: boolean;
  onMoved(): void;
  onEnded(): void;
}

/** What holds an alert back and until when; a silence or maintenance window can be moved and ended here. */
export function HeldBack(props: HeldBackProps) {
  const { suppressed, now } = props;
  const { kind, until, why } = suppressed;
  if (kind !== 'inhibition') return <ByQuiet {...props} kind={kind} />;
  return (
    <p>
      Held back until <Moment at={until} now={now} /> at the latest: <bdi>{why}</bdi>
    </p>
  );
}

/** Asked for when it is opened: what is kept with the alert may be older. */
function ByQuiet({ api, suppressed, kind, ...rest }: HeldBackProps & { readonly kind: Kind }) {
  const { now, onMoved, onEnded } = rest;
  const [quiet, setQuiet] = useState<Quiet | 'over'>();
  const [isMoved, setMoved] = useState(false);
  const { run, problem, busy } = useTask();
  const ask = () => run(async () => setQuiet((await quietOf(api, kind, suppressed.by)) ?? 'over'));
  const moved = (changed: Quiet) => {
    setQuiet(changed);
    setMoved(true);
    onMoved();
  };
  const ended = () => {
    setQuiet('over');
    onEnded();
  };
  const isThere = quiet !== undefined && quiet !== 'over' && quiet.state !== 'expired';
  const until = isThere ? (isMoved ? quiet.to : laterOf(quiet.to, suppressed.until)) : suppressed.until;
  return (
    <details className="held-back" onToggle={({ currentTarget }) => currentTarget.open && ask()}>
      <summary>
        Held back until <Moment at={until} now={now} />
      </summary>
      {quiet === undefined && busy && <Waiting what="what holds it back" />}
      <FailedLoad problem={problem} onAgain={ask} />
      {quiet !== undefined && !isThere && <p>That is over; what still fires is placed within a minute.</p>}
      {isThere && <QuietText quiet={quiet} now={now} />}
      {isThere && rest.mayChange && <QuietButtons {...{ api, quiet, now }} onMoved={moved} onEnded={ended} />}
    </details>
  );
}

/** Others may hold it back longer than this one, as far as is known: what the alert says is older than a change made here. */
const laterOf = (a: string, b: string): string => (Date.parse(a) > Date.parse(b) ? a : b);
