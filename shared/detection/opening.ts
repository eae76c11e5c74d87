import { isWorse, type Severity, severities } from '../alerts/index.ts';
import { firstStep } from '../incidents/index.ts';
import { type Instant, idOf } from '../kernel/index.ts';
import { type AlertHead, stateOf } from './alert-head.ts';
import { coalesce } from './bridge.ts';
import { remembering, withPage } from './cooldown.ts';
import type { Draft, KeyDraft } from './draft.ts';
import { takerOf } from './follow.ts';
import { type Window, withWindow } from './guard.ts';
import { fitted, isLate } from './late.ts';
import type { Match } from './match.ts';
import { endOf, enter, type Placing } from './placing.ts';
import { isOn } from './suppressed.ts';

/**
 * Opens an incident for these alerts. One whose resolve is known already opens resolved and wakes nobody. What comes too late
 * to be put in its order merges nothing: its incident tells the true time, its window what is left of it.
 */
export function openIncident(draft: Draft, key: KeyDraft, match: Match, members: readonly Placing[]): void {
  const sorted = [...members].sort(beginsFirst);
  const [first] = sorted;
  if (!first) return;
  const heads = sorted.flatMap(({ fingerprint }) => draft.head(fingerprint) ?? []);
  const incident = idOf('incident', first.at, draft.loaded.org, key.hash, String(key.guard.version));
  const severity = sorted.reduce(
    (worst, { severity: each }) => (isWorse(each, worst) ? each : worst),
    first.severity,
  );
  const ends = sorted.map((placing) => endOf(draft, placing));
  const over = ends.every((end) => end !== undefined);
  const active = heads.filter((head) => isOn(head));
  const answered = !over && active.length > 0 && active.every((head) => stateOf(head) === 'acknowledged');
  const pageAt = over || answered || match.isLow ? undefined : key.firstPage(severity, draft.now);
  key.open(incident, {
    at: first.at,
    data: { ...openedData(draft, key, match, first, severity, pageAt), ...mutableOf(heads) },
  });
  const [taken] = active;
  if (answered && taken) key.command(incident, { do: 'acknowledge', by: takerOf(taken) });
  const opened: Window = {
    ...{ incident, generation: 1, from: first.at, severity },
    ...(match.isLow && { isLow: true }),
    ...mutableOf(heads),
  };
  const window = withPage(key.guard, opened, pageAt, draft.now);
  const whole = over ? endedWindow(draft, key, window, ends) : window;
  const isAllLate = sorted.every(({ at }) => isLate(at, draft.now));
  key.guard = withWindow(remembering(key.guard, draft.now), isAllLate ? fitted(key.guard, whole) : whole);
  for (const { fingerprint, at, severity: each } of sorted)
    enter(draft, key, match, window, fingerprint, at, each);
  coalesce(draft, key, first.at);
}

/** Of several that began at once the most severe names the incident, in whatever order they were heard. */
const beginsFirst = (one: Placing, other: Placing): number =>
  one.at - other.at ||
  severities.indexOf(one.severity) - severities.indexOf(other.severity) ||
  (one.fingerprint < other.fingerprint ? -1 : 1);

/** Whether its first page may be muted: then those who send it look whether it is. */
const mutableOf = (heads: readonly AlertHead[]): { readonly mutable?: true } =>
  heads.some(({ mutable }) => mutable) ? { mutable: true } : {};

function endedWindow(
  draft: Draft,
  key: KeyDraft,
  window: Window,
  ends: readonly (Instant | undefined)[],
): Window {
  const to = Math.max(window.from, ...ends.map((end) => end ?? 0));
  key.command(window.incident, { do: 'resolve', reason: 'alerts-resolved', at: to });
  return { ...window, to, closedAt: draft.now, closedBy: 'settled' };
}

/** What has its first page wait, in words that outlast the rule. */
const lastingOf = ({ lastingBy: rule, minDuration }: Match) =>
  rule !== undefined && minDuration !== undefined && { lasting: { rule, minDuration } };

function openedData(
  draft: Draft,
  key: KeyDraft,
  match: Match,
  first: Placing,
  severity: Severity,
  pageAt: Instant | undefined,
) {
  const head = draft.head(first.fingerprint);
  const { escalateAfter, title = head?.title, service = head?.service } = match;
  const policy = match.policy ?? draft.loaded.correlating?.graph.ownerOf(service);
  const runbook = match.runbook ?? head?.links.find(({ text }) => text === 'Runbook')?.href;
  const relates = service !== undefined && draft.loaded.correlating?.graph.hasNeighbours(service);
  const next = pageAt === undefined ? undefined : firstStep(severity, pageAt);
  return {
    title: title ?? 'Alert without a title',
    severity,
    correlation: { hash: key.hash, rule: match.rule.id, name: match.rule.name, key: match.key },
    ...(first.description !== undefined && { description: first.description.slice(0, 1_000) }),
    ...(service && { service }),
    ...(policy !== undefined && { policy }),
    ...(escalateAfter !== undefined && { escalateAfter }),
    ...(runbook !== undefined && { runbook }),
    ...(match.isLow && { urgency: 'low' as const }),
    ...(relates && { relates }),
    ...(next && { next }),
    ...(next && next.dueAt > draft.now && lastingOf(match)),
  };
}
