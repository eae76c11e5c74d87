import { Button } from '@mantine/core';
import { useState } from 'react';
import { Link } from 'wouter';
import { may, type Role } from '../../shared/kernel/index.ts';
import type { Api } from '../api/use-api.ts';
import { countText } from '../incidents/words.ts';
import { Notice } from '../ui/notice.tsx';
import { useFocusAfter } from '../ui/use-focus-after.ts';
import { useTitle } from '../ui/use-title.ts';
import { Waiting } from '../ui/waiting.tsx';
import { InviteForm } from './invite-form.tsx';
import { RemoveSubscriber } from './remove-subscriber.tsx';
import { SubscriberExport } from './subscriber-export.tsx';
import { SubscriberList } from './subscriber-list.tsx';
import { useStatus } from './use-status.ts';
import { type Subscriber, useSubscribers } from './use-subscribers.ts';

export interface SubscribersPageProps {
  readonly api: Api;
  readonly role: Role;
}

/** Who is mailed about the status page: to see, to ask and to remove. */
export function SubscribersPage({ api, role }: SubscribersPageProps) {
  useTitle('Subscribers');
  const subscribers = useSubscribers(api);
  const [doomed, setDoomed] = useState<Subscriber>();
  const [told, setTold] = useState('');
  const [removed, setRemoved] = useState(0);
  const head = useFocusAfter(removed);
  const mayWrite = may(role, 'status.write');
  const { items, counts } = subscribers;
  const onRemoved = ({ id, email }: Subscriber) => {
    setDoomed(undefined);
    setTold(`${email} is removed.`);
    setRemoved((count) => count + 1);
    subscribers.forget(id);
  };
  const onAsked = (email: string) => {
    setTold(`If ${email} is not subscribed yet, a mail with a link is on its way.`);
    subscribers.refresh();
  };
  return (
    <div className="stack publishing">
      <p className="back">
        <Link to="/status">Back to the status page</Link>
      </p>
      <div className="head">
        <h1 tabIndex={-1} ref={head}>
          Subscribers
        </h1>
        {counts !== undefined && <p className="soft">{countsText(counts)}</p>}
      </div>
      <p role="status">{told}</p>
      {mayWrite && <Invite api={api} onAsked={onAsked} />}
      <Loaded {...{ subscribers }} onRemove={mayWrite ? setDoomed : undefined} />
      {items !== undefined && items.length > 0 && <SubscriberExport api={api} />}
      {doomed !== undefined && (
        <RemoveSubscriber {...{ api, onRemoved }} subscriber={doomed} onClose={() => setDoomed(undefined)} />
      )}
    </div>
  );
}

interface InviteProps extends Pick<SubscribersPageProps, 'api'> {
  onAsked(email: string): void;
}

/** Where there is no public page yet, there is nothing to subscribe to. */
function Invite({ api, onAsked }: InviteProps) {
  const { value } = useStatus(api);
  if (value === undefined) return null;
  if (value.address === undefined)
    return (
      <p className="soft">
        There is no public page yet. It comes to be with the first change of the status page.
      </p>
    );
  return <InviteForm api={api} page={value.page.id} onAsked={onAsked} />;
}

interface LoadedProps {
  readonly subscribers: ReturnType<typeof useSubscribers>;
  readonly onRemove: ((subscriber: Subscriber) => void) | undefined;
}

function Loaded({ subscribers: { items, next, busy, problem, more, again }, onRemove }: LoadedProps) {
  return (
    <>
      {items === undefined && busy && <Waiting what="subscribers" />}
      {items?.length === 0 && next === undefined && (
        <div className="empty">
          <h2>Nobody subscribed yet</h2>
          <p>Readers subscribe by the form at the end of the public page.</p>
        </div>
      )}
      {items !== undefined && items.length > 0 && <SubscriberList subscribers={items} onRemove={onRemove} />}
      {problem !== undefined && (
        <div className="buttons">
          <Notice>{problem.message}</Notice>
          <Button variant="default" onClick={again}>
            Try again
          </Button>
        </div>
      )}
      {next !== undefined && problem === undefined && (
        <div className="buttons">
          <Button variant="default" aria-disabled={busy} onClick={() => !busy && more()}>
            {busy ? 'One moment …' : 'Show more'}
          </Button>
          <p className="soft">The first {countText(items?.length ?? 0)} are shown.</p>
        </div>
      )}
    </>
  );
}

const countsText = ({ confirmed, pending, more }: NonNullable<ReturnType<typeof useSubscribers>['counts']>) =>
  `${more ? 'More than ' : ''}${countText(confirmed)} confirmed, ${countText(pending)} waiting for their confirmation`;
