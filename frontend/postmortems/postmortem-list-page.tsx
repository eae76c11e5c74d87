import { useCallback } from 'react';
import { Link } from 'wouter';
import type { postmortemsApi } from '../../shared/postmortems/api.ts';
import type { Answer } from '../api/answer.ts';
import { cursorPages } from '../api/cursor-pages.ts';
import type { Api } from '../api/use-api.ts';
import { useWhole } from '../api/use-whole.ts';
import { postmortemAddress } from '../app/addresses.ts';
import { utcMinute } from '../time/utc.ts';
import { FailedLoad } from '../ui/failed-load.tsx';
import { useTitle } from '../ui/use-title.ts';
import { Waiting } from '../ui/waiting.tsx';
import { StatusSign } from './status-sign.tsx';

type Listed = Answer<(typeof postmortemsApi)['list']>['items'][number];

/** The post-mortems of the organisation, the newest first. */
export function PostmortemListPage({ api }: { readonly api: Api }) {
  useTitle('Post-mortems');
  const pages = useCallback(
    (signal: AbortSignal) => cursorPages<Listed>(api, '/api/postmortems', { limit: 100, signal }),
    [api],
  );
  const { items, isWhole, problem, again } = useWhole(pages);
  return (
    <>
      <h1>Post-mortems</h1>
      {items.length === 0 && !isWhole && problem === undefined && <Waiting what="the post-mortems" />}
      {isWhole && items.length === 0 && (
        <div className="empty">
          <h2>There are none yet</h2>
          <p>The post-mortem of an incident is generated on its page.</p>
        </div>
      )}
      <ul className="postmortems">
        {items.map(({ id, incident, name, title, status, updatedAt }) => (
          <li key={id}>
            <Link to={postmortemAddress(incident)}>
              {name} {title}
            </Link>
            <StatusSign status={status} />
            <span className="soft">changed at {utcMinute(updatedAt)} UTC</span>
          </li>
        ))}
      </ul>
      <FailedLoad problem={problem} onAgain={again} />
    </>
  );
}
