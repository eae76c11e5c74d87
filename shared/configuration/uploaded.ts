import { type AlertSource, type SignalsMessage, type Source, sources } from '../alerts/index.ts';
import { digest, type Instant, idOf, type OrganisationId } from '../kernel/index.ts';

/** A body as its source sends it, and when it was received if that is known. */
export interface UploadedBody {
  readonly body?: unknown;
  readonly receivedAt?: Instant | undefined;
}

/** The signals of uploaded bodies, in the order in which they were received, and the bodies that no alert came of. */
export interface Uploaded {
  readonly messages: readonly SignalsMessage[];
  readonly refused: readonly { readonly place: number; readonly errors: readonly string[] }[];
}

/**
 * Translates uploaded bodies as if their source had sent them. One of which it is not said when it was received was received when
 * the last of what it tells of happened, at the latest now.
 */
export function uploadedSignals(
  org: OrganisationId,
  source: Source,
  bodies: readonly UploadedBody[],
  now: Instant,
): Uploaded {
  const from: AlertSource = sources[source];
  const integration = idOf('integration', 0, 'upload', source);
  const refused: { readonly place: number; readonly errors: readonly string[] }[] = [];
  const messages = bodies.flatMap(({ body, receivedAt = now }, place): SignalsMessage[] => {
    const receipt = digest('upload', String(place)).slice(0, 32);
    const said = from.translate(body, { receipt, receivedAt, integration, headers: {} });
    if ('refused' in said || said.signals.length === 0) {
      refused.push({
        place,
        errors: 'refused' in said ? said.refused.errors : [said.ignored ?? 'It tells of no alert.'],
      });
      return [];
    }
    const { signals } = said;
    const happened = Math.max(...signals.map(({ at }) => at));
    const at = bodies[place]?.receivedAt ?? happened;
    const message: SignalsMessage = {
      kind: 'signals',
      org,
      integration,
      source,
      receipt,
      receivedAt: at,
      signals,
    };
    return [{ ...message, ...(from.tellsState && { tellsState: true as const }) }];
  });
  return { messages: messages.toSorted((a, b) => a.receivedAt - b.receivedAt), refused };
}
