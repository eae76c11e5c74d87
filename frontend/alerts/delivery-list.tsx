import type { Api } from '../api/use-api.ts';
import { Moment } from '../time/moment.tsx';
import { Notice } from '../ui/notice.tsx';
import { Waiting } from '../ui/waiting.tsx';
import { type Delivery, useDeliveries } from './use-integration.ts';
import type { Integration } from './use-integrations.ts';

export interface DeliveryListProps {
  readonly api: Api;
  readonly id: Integration['id'];
  readonly now: number;
}

/** The last POSTs that were kept, newest first, each with its body when somebody wants it. */
export function DeliveryList({ api, id, now }: DeliveryListProps) {
  const { value, problem } = useDeliveries(api, id);
  return (
    <>
      {problem !== undefined && <Notice>{problem.message}</Notice>}
      {value === undefined && problem === undefined && <Waiting what="what it sent" />}
      {value?.items.length === 0 && (
        <p className="soft">
          Nothing of the last seven days. A POST with a key that is wrong cannot be shown: nobody knows whose
          it was.
        </p>
      )}
      <ul className="deliveries">
        {value?.items.map((one) => (
          <li key={`${one.receivedAt} ${one.status} ${one.body.length}`}>
            <Kept delivery={one} now={now} />
          </li>
        ))}
      </ul>
    </>
  );
}

function Kept({ delivery: { receivedAt, status, reason, body, cut }, now }: KeptProps) {
  return (
    <details>
      <summary>
        <Moment at={receivedAt} now={now} />, {status < 300 ? 'taken' : `refused with ${status}`}
      </summary>
      {reason !== undefined && <p className="warning">{reason}</p>}
      <pre>{body}</pre>
      {cut && <p className="soft">It was longer; this is its beginning.</p>}
    </details>
  );
}

interface KeptProps {
  readonly delivery: Delivery;
  readonly now: number;
}
