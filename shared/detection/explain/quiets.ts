import {
  type ExplainedStep,
  type Holder,
  isAbout,
  isInhibition,
  matcherText,
  matches,
  type Quiet,
  quietName,
  type Subject,
} from '../../alerts/index.ts';
import { type Instant, toText } from '../../kernel/index.ts';
import type { AlertHead } from '../alert-head.ts';
import type { Match, Received } from '../match.ts';
import { type Occurrence, occurrenceAt, occurrencesOf } from '../occurrence.ts';
import type { LetGo } from '../suppressed.ts';
import { holdingOf, isOverFor, subjectOf } from '../suppression.ts';
import { heldWords } from './held-words.ts';
import { mutingAt, mutingLines, unmutedLines } from './muting.ts';
import type { AlertRecord } from './record.ts';
import { countOf, heldBefore, timeWords, untilWords, valueWords } from './words.ts';

/** What keeps quiet that is told of by name. */
const MOST_TOLD = 10;

/** Which silences and maintenance windows were looked at, what they hold back, and why others do not. */
export function quietStep(record: AlertRecord, match: Match, firing: Received): ExplainedStep {
  const { head, quiets } = record;
  const subject = subjectOf(firing, match);
  const holding = head && holdingOf(quiets, head, match, firing);
  const chain = holding?.chain ?? [];
  const { at } = firing.signal;
  const others = quiets.filter((quiet) => !chain.some(({ id }) => id === quiet.id));
  const fitting = others.filter((quiet) => isAbout(quiet, subject));
  const inForce = fitting.filter((quiet) => isInForce(quiet, head, at));
  const about = [...inForce, ...fitting.filter((quiet) => !inForce.includes(quiet))];
  const rest = others.filter((quiet) => !about.includes(quiet));
  const nearly = rest.filter((quiet) => nearlyFits(quiet, subject));
  const told = toldLines(chain, { about, nearly }, { head, subject, at });
  const unfit = rest.length - nearly.length;
  const recorded = head?.suppressed?.firings.some(([held]) => held === at) ? head.suppressed : undefined;
  const letGo = head?.letGo?.firing === at ? head.letGo : undefined;
  const own = head && occurrenceAt(occurrencesOf(head), at);
  const muting = mutingAt(record.muting, firing.signal.fingerprint, at);
  return {
    about: 'quiet',
    basis: recorded || letGo ? 'recorded' : 'recomputed',
    ...((recorded || letGo) && { at }),
    text: letGo && !recorded ? letGoText(letGo, own, record) : textOf(recorded, holding, record, at),
    lines: [
      ...(recorded?.kind === 'inhibition' ? mutingLines(record.muting, firing.signal.fingerprint, at) : []),
      ...releasedLines(head, own),
      ...told.slice(0, MOST_TOLD),
      ...restLines(told.length - MOST_TOLD, chain.length + inForce.length - MOST_TOLD, unfit),
      ...unmutedLines(record.mutings ?? [], firing.signal.fingerprint, at),
    ],
    data: {
      looked: quiets.length,
      holding: [
        ...chain.map((one) => holdData(one)),
        ...muting.map(({ hold, source: { fingerprint, title } }) => ({
          ...holdData(hold),
          fingerprint,
          title,
        })),
      ],
      ...(recorded?.kind === 'inhibition' && { equal: (record.muting?.equal ?? []).map((one) => [...one]) }),
    },
  };
}

/** How many there are beside those that are told of, how many of these hold it back as well, and how many do not fit. */
function restLines(more: number, holding: number, unfit: number): readonly string[] {
  const idle = more - Math.max(0, holding);
  return [
    ...(holding > 0 ? [`${countOf(holding, 'other')} ${holding === 1 ? 'fits' : 'fit'} as well.`] : []),
    ...(idle > 0
      ? [
          `${countOf(idle, 'other')} would fit, or nearly, and ${idle === 1 ? 'does' : 'do'} not hold it back.`,
        ]
      : []),
    ...(unfit > 0 ? [unfit === 1 ? '1 does not fit.' : `${unfit} do not fit.`] : []),
  ];
}

/** What is told of each that is named: those that hold it, that would at another time, and that nearly fit. */
function toldLines(
  chain: readonly Holder[],
  { about, nearly }: { readonly about: readonly Quiet[]; readonly nearly: readonly Quiet[] },
  {
    head,
    subject,
    at,
  }: { readonly head: AlertHead | undefined; readonly subject: Subject; readonly at: Instant },
): readonly string[] {
  return [
    ...chain.map((quiet) => `${quietName(quiet)} fits: ${fitWords(quiet, subject)}. ${spanWords(quiet)}`),
    ...about.map((quiet) =>
      isInForce(quiet, head, at)
        ? `${quietName(quiet)} fits as well: ${fitWords(quiet, subject)}. ${spanWords(quiet)}`
        : `${quietName(quiet)} would fit, but ${whenWords(quiet, at)}.`,
    ),
    ...nearly.map((quiet) => `${quietName(quiet)} nearly fits: ${unfitWords(quiet, subject)}.`),
  ];
}

const spanWords = (quiet: Holder): string =>
  `It holds from ${timeWords(quiet.from)} ${untilWords(quiet.to, quiet)}.`;

/** Whether it held at this time beside what lasted longest. */
const isInForce = (quiet: Quiet, head: AlertHead | undefined, at: Instant): boolean =>
  quiet.from <= at && at < quiet.to && !(head && isOverFor(quiet, head, at));

const holdData = ({ id, kind, from, to }: Holder) => ({ id, kind, from: toText(from), to: toText(to) });

function textOf(
  recorded: AlertHead['suppressed'],
  holding: ReturnType<typeof holdingOf>,
  record: AlertRecord,
  at: Instant,
): string {
  const { quiets, now } = record;
  if (recorded) return `${heldWords(record, recorded)}.`;
  if (holding && holding.until > now)
    return `${holding.why} from now on, ${untilWords(holding.until, holding.chain[0])}; it had been decided before.`;
  if (holding)
    return `${heldBefore(holding.why)} at ${timeWords(at)}; that ended at ${timeWords(holding.until)}.`;
  const looked = quiets.length;
  if (looked === 0) return 'No silence and no maintenance window is in force.';
  return looked === 1
    ? '1 silence or maintenance window was looked at, which does not hold it back.'
    : `${looked} silences and maintenance windows were looked at, none of which holds it back.`;
}

function letGoText(letGo: LetGo, own: Occurrence | undefined, record: AlertRecord): string {
  const { why, at } = letGo;
  const isOver = own?.to !== undefined && own.to <= at;
  const since = isOver ? 'The alert had ended by then' : 'The alert counts for incidents since';
  return `${heldBefore(why)} until ${timeWords(at)}: then ${letGoReason(letGo, record)}. ${since}.`;
}

const GONE = 'the inhibition was removed, or changed so that it is not about this alert';

function letGoReason({ by, firing }: LetGo, { head, quiets, mutings }: AlertRecord): string {
  if (isInhibition(by)) {
    const muting = mutings?.find(({ hash }) => by === `inh_${hash}`);
    if (!muting) return mutings ? GONE : 'the rule was changed, or the other alert was known to fire no more';
    return mutingAt(muting, head?.fingerprint ?? '', firing).length > 0
      ? 'the inhibition was changed, or taken out and put back'
      : 'the other alert was known not to have fired then';
  }
  return quiets.some(({ id }) => id === by)
    ? 'it was changed, and was not about this alert'
    : 'what was known of it changed, and it was not about this alert';
}

/** That what held it back ended while it went on; nothing of an end before it fired this time. */
function releasedLines(head: AlertHead | undefined, own: Occurrence | undefined): readonly string[] {
  const released = own && head?.suppressed?.released?.findLast((time) => time >= own.from);
  return released === undefined
    ? []
    : [`What held it back ended over it at ${timeWords(released)}; it counts for incidents since.`];
}

function fitWords(quiet: Holder, subject: Subject): string {
  if (quiet.kind === 'maintenance') return `its service ${subject.fields.service} is under maintenance`;
  if (quiet.kind === 'inhibition') return 'what it asks of those that it mutes';
  return quiet.matchers.map(matcherText).join(', ');
}

function whenWords(quiet: Quiet, at: Instant): string {
  if (at < quiet.from) return `it began only at ${timeWords(quiet.from)}`;
  if (at >= quiet.to) return `it had ended at ${timeWords(quiet.to)}`;
  return 'it lasts until an alert is resolved, and this one was resolved since';
}

/** Whether one of several matchers alone keeps it from fitting: somebody may have meant this alert. */
function nearlyFits(quiet: Quiet, subject: Subject): boolean {
  if (quiet.kind === 'maintenance' || quiet.matchers.length < 2) return false;
  return quiet.matchers.filter((matcher) => !matches(matcher, subject)).length === 1;
}

function unfitWords(quiet: Quiet, subject: Subject): string {
  if (quiet.kind === 'maintenance') {
    const { service } = subject.fields;
    return `it is for ${quiet.services.join(', ')}, and the alert is of ${service ?? 'no service'}`;
  }
  const failed = quiet.matchers.find((matcher) => !matches(matcher, subject));
  if (!failed) return 'it asks for what this alert does not have';
  const label = Object.hasOwn(subject.labels, failed.name) ? subject.labels[failed.name] : undefined;
  const field = Object.entries(subject.fields).find(([name]) => name === failed.name)?.[1];
  return `${matcherText(failed)} does not hold, it saw ${valueWords(label ?? field ?? '')}`;
}
