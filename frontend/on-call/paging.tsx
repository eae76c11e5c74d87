import { useState } from 'react';
import type { IncidentId } from '../../shared/kernel/index.ts';
import type { onCallApi } from '../../shared/on-call/api.ts';
import type { Answer } from '../api/answer.ts';
import type { Api } from '../api/use-api.ts';
import { useTask } from '../api/use-task.ts';
import { Moment } from '../time/moment.tsx';
import { Timed } from '../time/timed.tsx';
import { Notice } from '../ui/notice.tsx';
import { Waiting } from '../ui/waiting.tsx';

type Told = Answer<(typeof onCallApi)['get-paging']>;

export interface PagingProps {
  readonly api: Api;
  readonly id: IncidentId;
  readonly now: number;
}

/** Why whoever looks was paged for an incident, or was not; asked when it is opened. */
export function Paging({ api, id, now }: PagingProps) {
  const [told, setTold] = useState<Told>();
  const { run, problem } = useTask();
  const ask = () => run(async () => setTold(await api.call<Told>(`/api/incidents/${id}/paging`)));
  return (
    <details className="paging" onToggle={({ currentTarget }) => currentTarget.open && ask()}>
      <summary>Why was I paged, or not?</summary>
      {told === undefined && problem === undefined && <Waiting what="what the record says" />}
      {problem !== undefined && <Notice>{problem.message}</Notice>}
      {told !== undefined && (
        <ol>
          {told.items.map(({ at, text }) => (
            <li key={`${at ?? ''} ${text}`}>
              {at !== undefined && (
                <span className="soft">
                  <Moment at={at} now={now} />{' '}
                </span>
              )}
              <Timed text={text} now={now} />
            </li>
          ))}
        </ol>
      )}
    </details>
  );
}
