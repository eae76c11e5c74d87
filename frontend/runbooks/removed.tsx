import { Button } from '@mantine/core';
import { Link } from 'wouter';
import { actorText } from '../../shared/incidents/words.ts';
import type { Api } from '../api/use-api.ts';
import { runbookAddress } from '../app/addresses.ts';
import { Moment } from '../time/moment.tsx';
import { Fold } from '../ui/fold.tsx';
import { Notice } from '../ui/notice.tsx';
import { useRemoval } from './use-removal.ts';
import { type RunbookDetail, useRemovedRunbooks } from './use-runbooks.ts';

export interface RemovedProps {
  readonly api: Api;
  readonly id: string;
  readonly removed: NonNullable<RunbookDetail['removed']>;
  /** How many runs of it go on. */
  readonly going: number;
  readonly mayWrite: boolean;
  readonly now: number;
  onBack(): void;
}

/** Says that a runbook was removed and what that means, and brings it back. */
export function Removed({ api, id, removed: { at, by }, going, mayWrite, now, onBack }: RemovedProps) {
  const { busy, problem, restore } = useRemoval(api, id, onBack);
  return (
    <section className="card" aria-labelledby="removed">
      <h2 id="removed">Removed</h2>
      <p>
        By {actorText(by)} <Moment at={at} now={now} />. It is neither proposed nor started; its runs and
        versions stay here.
      </p>
      {going > 0 && (
        <p>
          {going === 1 ? 'One run that began before goes' : `${going} runs that began before go`} on to the
          end; end what shall not, below.
        </p>
      )}
      {problem !== undefined && <Notice>{problem.message}</Notice>}
      {mayWrite && (
        <div>
          <Button aria-disabled={busy} onClick={restore}>
            Bring it back
          </Button>
        </div>
      )}
    </section>
  );
}

/** The runbooks that were removed, to be looked at or brought back; nothing while there are none. */
export function RemovedRunbooks({ api }: { readonly api: Api }) {
  const { value = [] } = useRemovedRunbooks(api);
  if (value.length === 0) return null;
  return (
    <Fold title={value.length === 1 ? 'One removed runbook' : `${value.length} removed runbooks`}>
      <ul className="card lines">
        {value.map(({ id, title }) => (
          <li key={id}>
            <Link to={runbookAddress(id)}>{title}</Link>
          </li>
        ))}
      </ul>
    </Fold>
  );
}
