import { isRecord, type JsonRecord, recordOf } from '../../../kernel/index.ts';
import { compose } from '../../compose.ts';
import { fingerprintOf } from '../../fingerprint.ts';
import { serviceIn, serviceNamed } from '../../labels.ts';
import { firstText, textOf } from '../../reading.ts';
import { severityOf } from '../../severity.ts';
import type { AlertSource, Receipt, Translation } from '../../source.ts';
import { folded } from '../../text.ts';
import { keyOnly } from '../../verification.ts';
import { translateGeneric } from '../generic/any.ts';

/** Uptime Kuma's webhook: JSON, a form whose field `data` is that JSON, or a query of the same fields. */
export const uptimeKuma: AlertSource = {
  product: 'Uptime Kuma',
  verification: keyOnly,
  byQuery: true,
  translate(body, receipt) {
    const said = recordOf(body);
    const { heartbeat, monitor } = said;
    if (isRecord(heartbeat)) {
      const beat = translateBeat(heartbeat, recordOf(monitor), receipt);
      if (beat !== undefined) return beat;
    }
    const message = textOf(said.msg);
    if (message !== undefined && !isRecord(heartbeat)) return translateMessage(message, receipt);
    const named = message === undefined ? body : { title: message, ...said };
    return translateGeneric(named, receipt, { generic: true });
  },
};

type BeatState = 'firing' | 'resolved' | { readonly ignored: string };

/** What a heartbeat's number says. */
const states: ReadonlyMap<string | undefined, BeatState> = new Map<string, BeatState>([
  ['0', 'firing'],
  ['1', 'resolved'],
  ['2', { ignored: 'A monitor that is pending is tried again before it counts as down.' }],
  ['3', { ignored: 'A monitor in maintenance is neither up nor down.' }],
]);

function translateBeat(beat: JsonRecord, monitor: JsonRecord, receipt: Receipt): Translation | undefined {
  const id = textOf(beat.monitorID) ?? textOf(monitor.id);
  const state = states.get(textOf(beat.status));
  if (id === undefined || state === undefined) return undefined;
  if (typeof state === 'object') return { signals: [], ...state };
  const name = firstText(monitor, ['name', 'pathName']) ?? `Monitor ${id}`;
  const tags = tagsOf(monitor.tags);
  const signal = compose(
    {
      fingerprint: fingerprintOf(receipt.integration, 'monitor', id),
      state,
      time: timeOf(beat),
      title: `${name} is ${state === 'firing' ? 'down' : 'up'}`,
      description: textOf(beat.msg),
      severity: severityOf(tags.severity ?? tags.priority),
      service: serviceIn(tags) ?? serviceNamed(name),
      labels: labelsOf(monitor, tags),
      links: [{ href: monitor.url, text: 'Monitored address' }],
    },
    receipt,
  );
  return { signals: [signal] };
}

/** `time` is in UTC, without saying so; older versions tell the local time and how far that is from it. */
function timeOf({ time, localDateTime, timezoneOffset }: JsonRecord): unknown {
  const local = textOf(localDateTime);
  return textOf(time) ?? (local === undefined ? undefined : `${local}${textOf(timezoneOffset) ?? ''}`);
}

/** Tags as labels; of a tag without a value its name is all that it says. */
function tagsOf(tags: unknown): JsonRecord {
  const list: readonly unknown[] = Array.isArray(tags) ? tags.slice(0, 100) : [];
  return Object.fromEntries(
    list.filter(isRecord).flatMap(({ name, value }) => {
      const text = textOf(name);
      return text === undefined ? [] : [[text.trim().toLowerCase(), textOf(value) ?? 'true']];
    }),
  );
}

function labelsOf({ name, type, hostname, port, pathName }: JsonRecord, tags: JsonRecord): JsonRecord {
  return { monitor: name, type, host: hostname, port, ...(pathName !== name && { path: pathName }), ...tags };
}

/**
 * A message without a heartbeat: the button that tries the notification, or a certificate or domain that ends soon. Its days
 * differ each time, so that they are no part of its name.
 */
function translateMessage(message: string, receipt: Receipt): Translation {
  const [, monitor] = /^\s*\[([^\]]{1,200})\]/.exec(message) ?? [];
  const signal = compose(
    {
      fingerprint: fingerprintOf(
        receipt.integration,
        'message',
        folded(message.slice(0, 500).replaceAll(/\d+/g, '0')),
      ),
      state: 'firing',
      time: undefined,
      title: message,
      description: message.length > 250 ? message : undefined,
      service: serviceNamed(monitor),
      test: /\btesting\s*$/i.test(message.slice(-20)),
    },
    receipt,
  );
  return { signals: [signal] };
}
