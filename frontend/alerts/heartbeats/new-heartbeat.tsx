import type { Api } from '../../api/use-api.ts';
import { Fold } from '../../ui/fold.tsx';
import { emptyDraft, wishOf } from './heartbeat-draft.ts';
import { HeartbeatForm } from './heartbeat-form.tsx';
import { HeartbeatSecret } from './heartbeat-secret.tsx';
import { useNewHeartbeat } from './use-heartbeats.ts';

export interface NewHeartbeatProps {
  readonly api: Api;
  /** Names of services that are known. */
  readonly known: readonly string[];
  onMade(): void;
}

/** A form for a new heartbeat, or the address of the last one. */
export function NewHeartbeat({ api, known, onMade }: NewHeartbeatProps) {
  const { made, make, putAway, busy, problem } = useNewHeartbeat(api, onMade);
  if (made !== undefined) return <HeartbeatSecret key={made.name} made={made} onPutAway={putAway} />;
  return (
    <Fold title="Create a heartbeat" isMain>
      <HeartbeatForm
        first={emptyDraft}
        isNew
        {...{ known, busy, problem }}
        onSend={(draft) => make(wishOf(draft))}
      />
    </Fold>
  );
}
