import { clipped, type IncidentId, type Instant, impossible, type NewFact } from '../kernel/index.ts';
import { type Correlation, type Incident, MOST_REACHED, MOST_RELATED, type Related } from './incident.ts';

type Of<Type extends string, Data> = NewFact<Type, Data>;

/** The number by which people call the other incident; absent where whoever recorded it did not know. */
interface Other {
  readonly number?: number;
}

export type Merged = Of<'incident.merged', Other & { readonly into: IncidentId; readonly reason: string }>;
export type Absorbed = Of<
  'incident.absorbed',
  Other & {
    readonly from: IncidentId;
    readonly reason: string;
    /** Of an incident that a person declared: under which key it takes the alerts from now on. */
    readonly correlation?: Correlation;
  }
>;
/** By the services whose alerts came together, the trouble comes from that one. */
export type OriginSuspected = Of<
  'incident.origin-suspected',
  { readonly service: string; readonly why: string; readonly score: number }
>;
/** It has reached another service: by what that needs, its alerts belong here. */
export type Reached = Of<
  'incident.reached',
  { readonly service: string; readonly why: string; readonly score: number }
>;
/** Another incident may have to do with it: by its alerts, or as a person says. */
export type RelatedFact = Of<'incident.related', Related>;
/** A person says that it has nothing to do with it. */
export type Unrelated = Of<'incident.unrelated', Other & { readonly incident: IncidentId }>;
/** A person took these alerts out of it into an incident of their own. At most MOST_SPLIT of them. */
export type SplitOff = Of<
  'incident.split',
  Other & {
    readonly into: IncidentId;
    readonly alerts: readonly string[];
    readonly reason: string;
    /** The services that it has to do with no more, since the last of their alerts left; absent when there are none. */
    readonly gone?: readonly string[];
  }
>;

/** What says of an incident that it has to do with another, or with a service. */
export type LinkFact = Merged | Absorbed | OriginSuspected | Reached | RelatedFact | Unrelated | SplitOff;

type Reach = { readonly do: 'reach' } & Reached['data'] & {
    /** When they page at the latest; absent when they wake nobody. */
    readonly pageAt?: Instant | undefined;
  };

export type LinkCommand =
  | ({ readonly do: 'merge' } & Merged['data'])
  /** `pageAt`: when the other would have paged next. */
  | ({ readonly do: 'absorb'; readonly pageAt?: Instant } & Absorbed['data'])
  /** The trouble seems to come from that service; nothing when the incident says so already. */
  | ({ readonly do: 'suspect' } & OriginSuspected['data'])
  /** Alerts of another service belong to it; nothing when the incident says so already. */
  | Reach
  /** Another incident may have to do with it; nothing when the incident says so already. */
  | ({ readonly do: 'relate' } & RelatedFact['data'])
  | ({ readonly do: 'unrelate' } & Unrelated['data'])
  /** Alerts leave for an incident of their own. */
  | ({ readonly do: 'split' } & SplitOff['data']);

/**
 * Whether an incident may belong to others since this fact, and is to be compared with what is open beside it: it opened among
 * services that depend on each other, or has to do with one more of them.
 */
export function asksToRelate({ type, data }: { readonly type: string; readonly data: object }): boolean {
  if (type === 'incident.opened') return 'relates' in data && data.relates === true;
  return type === 'incident.reached' || type === 'incident.origin-suspected';
}

/** A command that makes one of two incidents, with the number by which people call the other one, if it is known only here. */
export function withNumber<Command extends { readonly do: string }>(
  command: Command,
  numbers: ReadonlyMap<IncidentId, number | undefined>,
): Command {
  const link = command as { readonly do: string } & Partial<Merged['data'] & Absorbed['data']>;
  const other = link.do === 'merge' ? link.into : link.do === 'absorb' ? link.from : undefined;
  const number = other === undefined ? undefined : (link.number ?? numbers.get(other));
  return number === undefined ? command : { ...command, number };
}

/** The facts of such a command; none when the incident says so already. */
export function decideLink(incident: Incident, command: LinkCommand, now: Instant): readonly LinkFact[] {
  if (isSaid(incident, command)) return [];
  const { do: does, ...said } = command;
  const { pageAt: _, ...data } = 'pageAt' in said ? said : { ...said, pageAt: undefined };
  return [{ type: typeOf[does], occurredAt: now, data } as LinkFact];
}

const typeOf = {
  merge: 'incident.merged',
  absorb: 'incident.absorbed',
  suspect: 'incident.origin-suspected',
  reach: 'incident.reached',
  relate: 'incident.related',
  unrelate: 'incident.unrelated',
  split: 'incident.split',
} as const satisfies Readonly<Record<LinkCommand['do'], LinkFact['type']>>;

function isSaid(incident: Incident, command: LinkCommand): boolean {
  switch (command.do) {
    case 'merge':
      return isMerged(incident);
    case 'suspect':
      return incident.origin === command.service;
    case 'reach':
      return incident.service === command.service || incident.reached?.includes(command.service) === true;
    case 'relate':
      return isRelated(incident, command.incident);
    case 'unrelate':
      return !isRelated(incident, command.incident);
    default:
      return false;
  }
}

const isRelated = ({ related = [] }: Incident, other: string): boolean =>
  related.some(({ incident }) => incident === other);

/** Whether it goes on in another one. */
export function isMerged(incident: Incident): incident is Incident & { mergedInto: string } {
  return incident.state === 'resolved' && incident.mergedInto !== undefined;
}

/** What such a fact makes of an incident that goes on. */
export function evolveLink(incident: Incident, fact: Exclude<LinkFact, Merged>): Incident {
  switch (fact.type) {
    case 'incident.absorbed': {
      const correlation = incident.correlation ?? fact.data.correlation;
      return correlation ? { ...incident, correlation } : incident;
    }
    case 'incident.origin-suspected':
      return { ...incident, origin: fact.data.service };
    case 'incident.reached':
      return { ...incident, reached: [...(incident.reached ?? []), fact.data.service].slice(-MOST_REACHED) };
    case 'incident.related':
      return withRelated(incident, [inShort(fact.data), ...(incident.related ?? [])]);
    case 'incident.unrelated':
      return withRelated(incident, incident.related ?? [], fact.data.incident);
    case 'incident.split':
      return withoutServices(incident, fact.data.gone ?? []);
    default:
      return impossible(fact);
  }
}

/** The most bytes of a reason that a head keeps, so that it stays under 4 KB; the fact has it whole. */
const MOST_WHY = 100;

const inShort = (related: Related): Related => ({ ...related, why: clipped(related.why, MOST_WHY) });

/** The newest that is known of stays, and nothing of the one that is gone. */
function withRelated(incident: Incident, known: readonly Related[], gone?: IncidentId): Incident {
  const { related: _, ...rest } = incident;
  const left = known.filter(
    (one, i) => one.incident !== gone && known.findIndex((other) => other.incident === one.incident) === i,
  );
  return left.length === 0 ? rest : { ...rest, related: left.slice(0, MOST_RELATED) };
}

/** Neither says that it has reached these services, nor that it seems to come from one of them. */
function withoutServices(incident: Incident, gone: readonly string[]): Incident {
  const { reached, origin, ...rest } = incident;
  const left = (reached ?? []).filter((one) => !gone.includes(one));
  return {
    ...rest,
    ...(origin !== undefined && !gone.includes(origin) && { origin }),
    ...(left.length > 0 && { reached: left }),
  };
}
