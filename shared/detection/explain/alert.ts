import type { AlertOutcome, ExplainedStep, Explanation } from '../../alerts/index.ts';
import { type Incident, nameOf } from '../../incidents/index.ts';
import { didYouMean, type IncidentId } from '../../kernel/index.ts';
import { type Match, matchRule, type Received } from '../match.ts';
import { type Explained, explainMatch } from '../rules/explain.ts';
import { alsoIn, alsoInSteps, alsoInWords } from './also-in.ts';
import { correlationStep } from './correlation.ts';
import { heldSummary } from './held-summary.ts';
import { entryIn } from './log-entry.ts';
import { mergedPageWords, pagingIncidents } from './merged-pages.ts';
import { pageSteps } from './pages.ts';
import { quietStep } from './quiets.ts';
import { reasonOf } from './reason.ts';
import { countsAt, receivedStep } from './received.ts';
import type { AlertRecord, Joined, Told } from './record.ts';
import { groupingStep, rulesStep } from './rules.ts';
import { isOfEarlier, type Standing, standingOf } from './standing.ts';
import { windowStep } from './window.ts';
import { ended, ruleWords, sentence, timeWords } from './words.ts';

/** Why an alert is in an incident or not, and why somebody was paged for it or not. */
export interface AlertExplanation extends Explanation {
  readonly outcome: AlertOutcome;
  /** Whether a page for the incident that it is in was taken by a provider. */
  readonly isPaged: boolean;
  /** The incident that it is in, or that it came into before its last firing was held back. */
  readonly incident?: IncidentId;
  /** Other open incidents that it is in and holds open; absent where there are none. */
  readonly alsoIn?: readonly IncidentId[];
}

/**
 * The incident that an alert is in, by the record, and those that were merged into it: whose pages are those that were sent for it.
 * And the others that it holds open beside that.
 */
export function incidentsFor(
  record: AlertRecord,
): ReturnType<typeof pagingIncidents> & { readonly beside: readonly Incident[] } {
  const { told } = record;
  if (!told) return { before: [], beside: [] };
  const firing = firingOf(record, told);
  const standing = standingOf(record, matchRule(record.rules.rules, firing), firing.signal.at);
  const beside = alsoIn(record, standing).map(({ incident }) => incident);
  return { ...(standing.joined ? pagingIncidents(standing.joined) : { before: [] }), beside };
}

/** The last firing at the time at which it counts. */
const firingOf = (record: AlertRecord, told: Told): Received => ({
  ...told,
  signal: { ...told.signal, at: countsAt(record, told) },
});

/** Rules that are named to whoever asks for another one. */
const MOST_NAMED = 20;

/** That neither the rules of then nor today's have this one, with those that there are; undefined when one has it. */
export function unknownRule(
  id: string,
  { rules, today }: Pick<AlertRecord, 'rules' | 'today'>,
): string | undefined {
  const ids = [...new Set([...rules.rules, ...today.rules].map((rule) => rule.id)), 'default'];
  if (ids.includes(id)) return undefined;
  const more = ids.length > MOST_NAMED ? ` and ${ids.length - MOST_NAMED} more` : '';
  return `There is no rule '${id}' here; there are ${ids.slice(0, MOST_NAMED).join(', ')}${more}${didYouMean(id, ids) || '.'}`;
}

/** Explains what became of the last firing of an alert, from what is recorded; what is worked out again says so. */
export function explainAlert(record: AlertRecord): AlertExplanation {
  const { told } = record;
  if (!told) return neverFired(record);
  const firing = firingOf(record, told);
  const explained = explainMatch(record.rules.rules, firing, record.wanted);
  const { match } = explained;
  const standing = standingOf(record, match, firing.signal.at);
  const beside = alsoIn(record, standing);
  const window = windowStep(record, told, explained, standing);
  const { joined } = standing;
  const isLinked = joined !== undefined || record.guards.get(match.hash)?.link !== undefined;
  const incident = joined && (joined.into?.id ?? joined.membership.incident);
  return {
    outcome: standing.outcome,
    isPaged: isPagedFor(record, standing),
    ...(incident !== undefined && { incident }),
    ...(beside.length > 0 && { alsoIn: beside.map((one) => one.incident.id) }),
    summary: `${summaryOf(record, explained, standing, window)}${alsoInWords(record, explained.whole, beside)}`,
    steps: [
      receivedStep(record, told, match.rule),
      rulesStep(record, firing, explained),
      ...(match.does === 'open'
        ? [groupingStep(record, firing, match), quietStep(record, match, firing)]
        : []),
      ...(isLinked ? [correlationStep(record, match, standing)] : []),
      window,
      ...pageSteps(record, explained, standing),
      ...alsoInSteps(record, told, explained, beside),
    ],
  };
}

/** Whether somebody was paged for what it is in. */
function isPagedFor(
  { paging, pagedBefore = [], pagedBeside = [] }: AlertRecord,
  { joined }: Standing,
): boolean {
  const own = joined ? [paging, ...pagedBefore.map((one) => one.paging)] : [];
  return [...own, ...pagedBeside.map((one) => one.paging)].some((one) => one?.isPaged === true);
}

function neverFired({ head, now }: AlertRecord): AlertExplanation {
  const [summary, at] = [
    'Nothing is known of it but that it ended: no firing of it was ever received, so there is nothing to page about.',
    head?.resolves.at(-1),
  ];
  const step: ExplainedStep = {
    ...{
      about: 'received',
      basis: 'recorded',
      text: 'Only its end was heard of. A firing that comes late is over already and pages nobody.',
    },
    at: at ?? now,
  };
  return { outcome: 'over', isPaged: false, summary, steps: [step] };
}

function summaryOf(
  record: AlertRecord,
  { match, whole }: Explained,
  standing: Standing,
  window: ExplainedStep,
): string {
  const { joined, outcome } = standing;
  const inside = joined
    ? `${placeWords(joined, whole)} ${record.paging?.summary ?? 'Nothing is recorded of pages.'}${sinceThenWords(record, joined)}${mergedPageWords(record.pagedBefore)}`
    : '';
  const isEarlier =
    joined !== undefined &&
    record.told !== undefined &&
    isOfEarlier(record, joined, firingOf(record, record.told).signal.at);
  const before =
    inside === '' ? '' : ` ${isEarlier ? 'An earlier firing' : 'Before that it'} came into one: ${inside}`;
  switch (outcome) {
    case 'silence':
    case 'maintenance':
    case 'inhibition':
      return heldSummary(record, { match, standing, inside });
    case 'suppressed':
      return `It is recorded without an incident, ${recordedBy(record, match)}, so it pages nobody.${before}`;
    case 'dropped':
      return `It was counted and dropped, as ${ruleWords(match.rule)} says, so it pages nobody. What was received of it is kept for as long as all signals are.`;
    case 'incident':
      return sentence(inside);
    default:
      return `It pages nobody. ${window.text}${before}`;
  }
}

/** The rule that has it so: the record knows, also where the rules of then are not those that were found. */
function recordedBy({ head }: AlertRecord, { rule, does }: Match): string {
  const { ruledOut } = head ?? {};
  return does === 'suppress' || !ruledOut
    ? `as ${ruleWords(rule)} says`
    : `by rules of another version (${ruledOut.why})`;
}

/** Who reads that somebody was paged may think that it was for this alert. */
function sinceThenWords({ head, paging, pagedBefore = [] }: AlertRecord, joined: Joined): string {
  const entry = head && entryIn(joined, head.fingerprint);
  if (!entry || paging?.lastPageAt === undefined) return '';
  const last = Math.max(paging.lastPageAt, ...pagedBefore.map((one) => one.paging.lastPageAt ?? 0));
  if (last >= entry.recordedAt) return '';
  return ` No page was sent since this alert came into it, at ${timeWords(entry.recordedAt)}: to join an incident pages nobody anew.`;
}

function placeWords(joined: Joined, whole: string): string {
  const { incident, into, deleted } = joined;
  const why = reasonOf(joined, whole);
  if (!incident && !deleted) return `it is in an incident that was deleted (${why}).`;
  const at = deleted?.deletedAt;
  const gone = deleted ? `, which was deleted${at === undefined ? '' : ` at ${timeWords(at)}`}` : '';
  if (!incident) return `it is in ${deleted ? nameOf(deleted) : ''}${gone}: ${ended(why)}`;
  const last = into ?? deleted;
  const merged = last ? `, which was merged into ${nameOf(last)}` : '';
  return `it is in ${nameOf(incident)}${merged}${gone}: ${ended(why)}`;
}
