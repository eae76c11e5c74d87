import { conditionOf } from '../detection/index.ts';
import type { Configuration } from './configuration.ts';

const MOST_NAMED = 5;

/** What of a configuration is allowed but rarely meant: it would keep rules, services or inhibitions from doing what they say. */
export function detectionWarnings(after: Configuration): readonly string[] {
  const { services, rules, detection } = after;
  return [
    ...unknownServices(services),
    ...cycles(services),
    ...hidden(rules),
    ...detection.inhibitions.flatMap(({ id, equal }) =>
      equal.length > 0
        ? []
        : [`Inhibition '${id}' has no 'equal': any source mutes every target, of whatever service.`],
    ),
  ];
}

type Services = Configuration['services'];

function unknownServices(services: Services): readonly string[] {
  const known = new Set(services.map(({ id }) => id));
  return services.flatMap(({ id, dependsOn }) => {
    const unknown = dependsOn.filter((needed) => !known.has(needed));
    return unknown.length === 0
      ? []
      : [
          `Service '${id}' depends on ${named(unknown)}, not in the catalogue: right if alerts name it so, else a slip.`,
        ];
  });
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
function hidden(rules: Configuration['rules']): readonly string[] {
  const isCatchAll = (rule: (typeof rules)[number]): boolean => {
    const condition = conditionOf(rule);
    return rule.enabled && !rule.continue && condition.is === 'all' && condition.of.length === 0;
  };
  const place = rules.findIndex(isCatchAll);
  const behind = rules.slice(place + 1).filter(({ enabled }) => enabled);
  const [first] = rules.slice(place);
  if (place < 0 || behind.length === 0 || !first) return [];
  const are = behind.length === 1 ? 'is' : 'are';
  return [
    `Rule '${first.id}' takes every alert, so ${named(behind.map(({ id }) => id))} behind it ${are} never tried.`,
  ];
}

function named(ids: readonly string[]): string {
  const shown = ids.slice(0, MOST_NAMED).map((id) => `'${id}'`);
  const more = ids.length - shown.length;
  return [...shown, ...(more > 0 ? [`${more} more`] : [])].join(', ').replace(/, ([^,]*)$/, ' and $1');
}
