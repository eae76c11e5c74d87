import { didYouMean } from '../kernel/index.ts';
import { catchAllOf } from './catch-all.ts';
import type { Configuration } from './configuration.ts';

const MOST_NAMED = 5;

/** What of a configuration is allowed but rarely meant: it would keep rules, services or inhibitions from doing what they say. */
export const detectionWarnings = (after: Configuration): readonly string[] =>
  warningsBeside(after, { services: [], rules: [] });

/** What of that a change brings: nobody hears again what was odd before. */
export function broughtWarnings(before: Configuration, after: Configuration): readonly string[] {
  const known = new Set(detectionWarnings(before));
  return warningsBeside(after, before).filter((warning) => !known.has(warning));
}

/** What is odd, without the services and rules of which the same was so before. */
function warningsBeside(
  { services, rules, detection, shadow }: Configuration,
  before: Pick<Configuration, 'services' | 'rules' | 'shadow'>,
): readonly string[] {
  return [
    ...unknownServices(services, before.services),
    ...cycles(services),
    ...hidden(rules, before.rules),
    ...hidden(shadow?.rules ?? [], before.shadow?.rules ?? []).map((warning) => `Under shadow: ${warning}`),
    ...detection.inhibitions.flatMap(({ id, equal }) =>
      equal.length > 0
        ? []
        : [`Inhibition '${id}' has no 'equal': any source mutes every target, of whatever service.`],
    ),
  ];
}

type Services = Configuration['services'];
type Rules = Configuration['rules'];

function unknownServices(services: Services, before: Services): readonly string[] {
  const known = unknownNeeds(before);
  return [...unknownNeeds(services)].flatMap(([id, needs]) => {
    const unknown = needs.filter((needed) => !known.get(id)?.includes(needed));
    return unknown.length === 0
      ? []
      : [
          `Service '${id}' depends on ${named(unknown)}, not in the catalogue: right if alerts name it so, else a slip${unknown.map((one) => didYouMean(one, known.keys())).find(Boolean) ?? '.'}`,
        ];
  });
}

/** What services need that is not among them. */
function unknownNeeds(services: Services): ReadonlyMap<string, readonly string[]> {
  const known = new Set(services.map(({ id }) => id));
  return new Map(services.map(({ id, dependsOn }) => [id, dependsOn.filter((one) => !known.has(one))]));
}

/** Services that need each other have no origin that could be told. */
function cycles(services: Services): readonly string[] {
  const needs = new Map(services.map(({ id, dependsOn }) => [id, dependsOn]));
  const seen = new Set<string>();
  const found: string[] = [];
  for (const { id } of services) {
    const way = wayBack(id, needs, seen);
    if (way)
      found.push(
        `Services depend on each other in a circle: ${way.join(' → ')}. Which of them is the cause cannot be told.`,
      );
  }
  return found;
}

/** The way from a service along what it needs back to itself; what was walked before is not walked again. */
function wayBack(
  start: string,
  needs: ReadonlyMap<string, readonly string[]>,
  seen: Set<string>,
): readonly string[] | undefined {
  const way: { readonly id: string; readonly rest: string[] }[] = [];
  const enter = (id: string) => {
    seen.add(id);
    way.push({ id, rest: [...(needs.get(id) ?? [])] });
  };
  if (seen.has(start)) return undefined;
  for (enter(start); way.length > 0; ) {
    const next = way.at(-1)?.rest.shift();
    const place = way.findIndex(({ id }) => id === next);
    if (next === undefined) way.pop();
    else if (place >= 0) return [...way.slice(place).map(({ id }) => id), next];
    else if (!seen.has(next)) enter(next);
  }
  return undefined;
}

/** Rules behind one that takes every alert. */
function hidden(rules: Rules, before: Rules): readonly string[] {
  const known = new Set(behindCatchAll(before));
  const behind = behindCatchAll(rules).filter((id) => !known.has(id));
  const first = rules[catchAllOf(rules)];
  if (behind.length === 0 || !first) return [];
  const are = behind.length === 1 ? 'is' : 'are';
  return [`Rule '${first.id}' takes every alert, so ${named(behind)} behind it ${are} never tried.`];
}

function behindCatchAll(rules: Rules): readonly string[] {
  const place = catchAllOf(rules);
  const behind = place < 0 ? [] : rules.slice(place + 1);
  return behind.flatMap(({ id, enabled }) => (enabled ? [id] : []));
}

function named(ids: readonly string[]): string {
  const shown = ids.slice(0, MOST_NAMED).map((id) => `'${id}'`);
  const more = ids.length - shown.length;
  return [...shown, ...(more > 0 ? [`${more} more`] : [])].join(', ').replace(/, ([^,]*)$/, ' and $1');
}
