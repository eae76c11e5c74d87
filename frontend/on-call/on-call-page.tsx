import { useEffect } from 'react';
import { may, type Role } from '../../shared/kernel/index.ts';
import type { Api } from '../api/use-api.ts';
import { useNow } from '../time/use-now.ts';
import { Freshness } from '../ui/freshness.tsx';
import { useTitle } from '../ui/use-title.ts';
import { Waiting } from '../ui/waiting.tsx';
import { OwnChannels } from './own-channels.tsx';
import { PolicyCard } from './policy-card.tsx';
import { Problems } from './problems.tsx';
import { ScheduleCard } from './schedule-card.tsx';
import { namesText } from './turn-text.ts';
import { useOnCall } from './use-on-call.ts';
import { usePeople } from './use-people.ts';

export interface OnCallPageProps {
  readonly api: Api;
  /** The policy that is asked for, by id. */
  readonly policy?: string | undefined;
  readonly role: Role;
}

/** Who is on call now, by each schedule and policy, and who comes next. */
export function OnCallPage({ api, policy: wanted, role }: OnCallPageProps) {
  const { value, at, problem, refresh } = useOnCall(api);
  const people = usePeople(api);
  const now = useNow();
  useTitle('On call');
  const isThere = value?.policies.some(({ id }) => id === wanted) === true;
  useEffect(() => {
    if (isThere && wanted !== undefined) document.getElementById(`policy-${wanted}`)?.scrollIntoView();
  }, [isThere, wanted]);
  return (
    <div className="stack">
      <div className="head">
        <h1>On call</h1>
        <Freshness at={at} now={now} problem={problem} onAgain={refresh} />
      </div>
      {value === undefined && problem === undefined && <Waiting what="who is on call" />}
      {value !== undefined && (
        <>
          <Problems of={value.problems} />
          {value.policies.length === 0 && (
            <div className="empty">
              <h2>No policy is configured</h2>
              <p>A policy says who is paged, in which order and after how long.</p>
            </div>
          )}
          {wanted !== undefined && !isThere && (
            <p>There is no policy “{wanted}” any more; the administrators are paged.</p>
          )}
          {value.schedules.map((one) => (
            <ScheduleCard
              key={one.id}
              {...{ api, people, now }}
              schedule={one}
              mayWrite={may(role, 'override.write')}
              onChanged={refresh}
            />
          ))}
          {value.policies.map((one) => (
            <PolicyCard key={one.id} policy={one} isWanted={one.id === wanted} />
          ))}
          {may(role, 'page.test') && <OwnChannels {...{ api, now }} />}
          {value.administrators.length > 0 && (
            <p className="soft">
              Where a policy reaches nobody, the administrators are paged: {namesText(value.administrators)}.
            </p>
          )}
        </>
      )}
    </div>
  );
}
