import { type ExplainedStep, type SignalFlag, toolOf } from '../../alerts/index.ts';
import { severityText } from '../../incidents/index.ts';
import { exactly, type Instant, SECOND, toText } from '../../kernel/index.ts';
import { stateOf } from '../alert-head.ts';
import { flapsUntil } from '../flapping.ts';
import { LATEST } from '../latest.ts';
import { endsBy, occurrencesOf, ownEnd } from '../occurrence.ts';
import type { Rule } from '../rule.ts';
import { releasedAt } from '../suppressed.ts';
import type { AlertRecord, Told } from './record.ts';
import { apartWords, ruleWords, sentence, timeWords } from './words.ts';

const flagWords: Readonly<Record<SignalFlag, string>> = {
  generic: 'Its body was not understood as one of that source, so it was kept as a generic alert.',
  clock: 'Its sender named no time, or none that can be right, so that of its receipt counts.',
  clipped: 'Something in it was too long and was clipped.',
  test: 'It was sent by the test button of its source.',
  timeout: 'Its sender named no end, so it ends by itself a while after it was last told.',
};

/** That it was received, from where, and which times count. */
export function receivedStep(record: AlertRecord, told: Told, rule: Rule): ExplainedStep {
  const { signal, from, source } = told;
  const { title = 'Alert without a title', severity, service } = signal;
  const by = record.integration === undefined ? from.integration : `'${record.integration}'`;
  const isKept = source === 'kept';
  const at = isKept ? from.receivedAt : signal.at;
  const about = [
    severity ? severityText(severity) : 'no severity of its own',
    service === undefined ? 'no service' : `service ${service}`,
  ].join(', ');
  return {
    about: 'received',
    at,
    basis: 'recorded',
    text: `“${title}” (${about}) ${isKept ? 'was last received as firing' : 'last fired'} at ${timeWords(at)}, from ${by} (${from.source}).`,
    lines: [
      ...timeLines(record, told),
      ...stateLines(record, told, rule),
      ...signal.flags.map((flag) => flagWords[flag]),
    ],
    data: {
      integration: from.integration,
      source: from.source,
      ...(isKept && { receipt: from.receipt, receivedAt: toText(from.receivedAt) }),
      eventAt: toText(signal.at),
      countsAt: toText(countsAt(record, told)),
      flags: [...signal.flags],
      labels: { ...signal.labels },
    },
  };
}

/** The time at which a firing counts: its own, or a later one where it only seems to be from before a resolve. */
export function countsAt({ head }: Pick<AlertRecord, 'head'>, { signal, from }: Told): Instant {
  const firings = head?.firings ?? [];
  if (firings.includes(signal.at)) return signal.at;
  const { over } = head ?? {};
  // What was told again of a firing that began anew carries that on.
  const isAgain = over !== undefined && signal.at <= over.at && from.receivedAt > over.heardAt;
  const carriedOn = isAgain ? firings.find((at) => at > over.at) : undefined;
  return firings.find((at) => at > signal.at && at >= from.receivedAt) ?? carriedOn ?? signal.at;
}

/** The time at which it counts with others: when what held it back ended over it, if anything did. */
export function countsWithOthersAt(record: Pick<AlertRecord, 'head'>, told: Told): Instant {
  const at = countsAt(record, told);
  return (record.head && releasedAt(record.head, at)) ?? at;
}

function timeLines(record: AlertRecord, told: Told): readonly string[] {
  const { signal, from, source } = told;
  if (source === 'head')
    return ['What was received is not kept any more; this is what the alert’s own record keeps of it.'];
  const lines: string[] = [];
  const late = from.receivedAt - signal.at;
  const counts = countsAt(record, told);
  if (late >= 1_000)
    lines.push(
      `Its sender says that it fired at ${timeWords(signal.at)}, ${apartWords(signal.at, from.receivedAt)} before it was received. The sender’s time counts.`,
    );
  if (counts !== signal.at)
    lines.push(
      `It had been resolved since, so it counts as firing again from ${timeWords(counts)} on, when that was heard.`,
    );
  else if (late > LATEST)
    lines.push(
      `That is too late to be put in its order (more than ${exactly(LATEST)}), so it joins incidents together no more.`,
    );
  return lines;
}

function stateLines({ head, now, flapping }: AlertRecord, told: Told, rule: Rule): readonly string[] {
  if (!head) return ['Nothing else is recorded of this alert.'];
  const last = occurrencesOf(head).at(-1);
  const state = stateOf(head);
  if (!last || !state) return ['It has never fired; only its end was heard of.'];
  const end = endsBy(head);
  const calm = flapsUntil(head, flapping);
  const flaps =
    calm !== undefined && calm > now
      ? [
          `It flaps: it began and ended often. Its incident stays open until it has been quiet until ${timeWords(calm)}.`,
        ]
      : [];
  if (last.to !== undefined) {
    const itself = ownEnd(head);
    return [
      itself === undefined ? `It is over since ${timeWords(last.to)}.` : ownEndWords(told, itself, rule),
      ...flaps,
    ];
  }
  const since = `It is on since ${timeWords(last.from)} (${apartWords(last.from, now)}).`;
  const taken =
    state === 'acknowledged' && head.acknowledgedAt !== undefined
      ? [`It was acknowledged in its source (${toolOf(head.source)}) at ${timeWords(head.acknowledgedAt)}.`]
      : [];
  return [
    since,
    ...taken,
    ...flaps,
    ...(end === undefined
      ? []
      : [`It ends by itself at ${timeWords(end)} unless it is told again. ${whoseEnd(told, rule)}`]),
  ];
}

/** That nobody told of its end, and for how long nothing was told of it. */
function ownEndWords({ signal, from, source }: Told, end: Instant, rule: Rule): string {
  const last = source === 'kept' ? Math.max(signal.at, from.receivedAt) : signal.at;
  const quiet =
    source === 'kept' && end > last ? ` after ${exactly(end - last)} in which nothing was told of it` : '';
  return `It ended by itself at ${timeWords(end)}${quiet}: nobody said that it had cleared. ${whoseEnd({ signal }, rule)}`;
}

/** Who says when it ends. Such ends are put on a grid, so that what is told each minute is not written each time. */
function whoseEnd({ signal }: Pick<Told, 'signal'>, rule: Rule): string {
  const { autoResolve } = rule.actions;
  if (signal.until !== undefined)
    return `Its sender named ${timeWords(signal.until)} as its end, unless it is told again; it ends at ${NEXT_STEP}.`;
  return autoResolve === undefined
    ? `An end that nobody tells comes at ${NEXT_STEP}.`
    : `${sentence(ruleWords(rule))} ends what is not told again for ${exactly(autoResolve * SECOND)}, at ${NEXT_STEP} after that.`;
}

const NEXT_STEP = 'the next even minute';
