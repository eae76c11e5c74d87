import type * as z from 'zod';
import { type DetectionSettings, detectionSettings, type Rule, ruleSchema } from '../detection/index.ts';
import { needsHuman, serviceSchema } from '../incidents/index.ts';
import { isRecord, type JsonRecord } from '../kernel/index.ts';
import { type Policy, personSchema, policySchema, scheduleSchema } from '../on-call/index.ts';
import { templateSchema } from '../postmortems/index.ts';
import { defaultRunbookSettings, type RunbookSettings, runbookSettings } from '../runbooks/index.ts';
import { warRoomSettings } from '../war-room/index.ts';
import { type Configuration, configurationParts } from './configuration.ts';

/** What could be understood of a stored configuration, and in words what could not and is left out. */
export interface Understood {
  readonly configuration: Configuration;
  readonly leftOut: readonly string[];
}

/**
 * Reads a configuration as another version of this program may have stored it, so that what is not understood pages rather than
 * keeps quiet. A person loses the fields that are not understood. A policy or rule that has one, wherever, is left out whole: without
 * it, it might mean something else. What is sent to us is read strictly, by `configurationSchema`.
 */
export function understood(stored: unknown): Understood {
  if (!isRecord(stored))
    return { configuration: configurationParts.parse({}), leftOut: ['all of it: not an object'] };
  const { people, schedules, policies, rules, services, postmortemTemplates, ...rest } = stored;
  const { detection, warRoom, runbooks, shadow, ...unheard } = rest;
  const leftOut = Object.keys(unheard).map((name) => `${brief(name)}: not known here`);
  const configuration = {
    people: listed('people', people, leftOut).flatMap((entry) => knownPerson(entry, leftOut) ?? []),
    // A level that names a schedule which is not understood reaches nobody by it, and is passed over.
    schedules: all(scheduleSchema, listed('schedules', schedules, leftOut), leftOut),
    policies: listed('policies', policies, leftOut).map(
      (entry) => read(policySchema, entry, leftOut) ?? withoutLevels(entry),
    ),
    rules: withoutDoubt(listed('rules', rules, leftOut), leftOut),
    services: all(serviceSchema, listed('services', services, leftOut), leftOut),
    postmortemTemplates: all(
      templateSchema,
      listed('postmortemTemplates', postmortemTemplates, leftOut),
      leftOut,
    ),
    detection: knownDetection(detection, leftOut),
    warRoom: warRoomSettings.parse(knownParts('warRoom', warRoomSettings, warRoom, leftOut)),
    runbooks: knownRunbookSettings(runbooks, leftOut),
    ...knownShadow(shadow, leftOut),
  };
  return { configuration, leftOut };
}

/** It decides nothing, so one that is understood in part is left out whole: what it would tell would be of other rules. */
function knownShadow(value: unknown, leftOut: string[]): Pick<Configuration, 'shadow'> {
  if (value === undefined) return {};
  const shadow = read(configurationParts.shape.shadow, { value, name: 'shadow' }, leftOut);
  return shadow ? { shadow } : {};
}

/** An element as it is stored, and its name in messages: `rules[2] 'db'`. */
interface Entry {
  readonly value: unknown;
  readonly name: string;
}

function listed(list: string, stored: unknown, leftOut: string[]): readonly Entry[] {
  if (Array.isArray(stored))
    return stored.map((value: unknown, place) => ({ value, name: `${list}[${place}] ${nameOf(value)}` }));
  if (stored !== undefined) leftOut.push(`${list}: not a list`);
  return [];
}

function read<Schema extends z.ZodType>(
  schema: Schema,
  { value, name }: Entry,
  leftOut: string[],
): z.output<Schema> | undefined {
  const { success, data, error } = schema.safeParse(value);
  if (success) return data;
  leftOut.push(brief(`${name}: ${error.issues.map(inWords).join('; ')}`));
  return undefined;
}

/** The elements that are understood. */
function all<Schema extends z.ZodType>(
  schema: Schema,
  entries: readonly Entry[],
  leftOut: string[],
): z.output<Schema>[] {
  return entries.flatMap((entry) => read(schema, entry, leftOut) ?? []);
}

/** A person is told by mail whatever else is known of them: only what is not understood of their other fields is lost. */
function knownPerson({ value, name }: Entry, leftOut: string[]): z.infer<typeof personSchema> | undefined {
  if (!isRecord(value)) return read(personSchema, { value, name }, leftOut);
  const fields = Object.entries(value).filter(([field, one]) => {
    const problem = isNeeded(field) ? undefined : problemOf(field, one);
    if (problem !== undefined) leftOut.push(brief(`${name} ${field}: ${problem}`));
    return problem === undefined;
  });
  return read(personSchema, { value: Object.fromEntries(fields), name }, leftOut);
}

const isNeeded = (field: string): boolean => ['id', 'name', 'email'].includes(field);

function problemOf(field: string, value: unknown): string | undefined {
  if (!Object.hasOwn(personSchema.shape, field)) return 'not known here';
  const schema = personSchema.shape[field as keyof typeof personSchema.shape];
  return schema.safeParse(value).success ? undefined : 'not understood here';
}

/** Settings stand alone: one that is not understood is as if nobody had set it, and the others hold. */
function knownParts(name: string, schema: z.ZodType, value: unknown, leftOut: string[]): JsonRecord {
  if (value === undefined) return {};
  if (!isRecord(value)) {
    leftOut.push(`${name}: not an object`);
    return {};
  }
  const understoodHere = Object.entries(value).filter(([field, one]) => {
    const known = schema.safeParse({ [field]: one }).success;
    if (!known) leftOut.push(brief(`${name} ${field}: not understood here`));
    return known;
  });
  return Object.fromEntries(understoodHere);
}

function knownDetection(value: unknown, leftOut: string[]): DetectionSettings {
  if (!isRecord(value))
    return detectionSettings.parse(knownParts('detection', detectionSettings, value, leftOut));
  const { correlation, ...others } = value;
  const [name, schema] = ['detection correlation', detectionSettings.shape.correlation];
  return detectionSettings.parse({
    ...knownParts('detection', detectionSettings, others, leftOut),
    correlation: knownParts(name, schema, correlation, leftOut),
  });
}

/** Where runbooks ask stands alone, too: what is not understood is as if nobody had set it, and a step that needs it says so. */
function knownRunbookSettings(value: unknown, leftOut: string[]): RunbookSettings {
  if (value === undefined) return defaultRunbookSettings;
  if (!isRecord(value)) {
    leftOut.push('runbooks: not an object');
    return defaultRunbookSettings;
  }
  const good = (name: string, part: object): boolean => {
    const known = runbookSettings.safeParse(part).success;
    if (!known) leftOut.push(brief(`runbooks ${name}: not understood here`));
    return known;
  };
  const { services = {}, ...others } = value;
  const kept = Object.entries(others).filter(([field, one]) => good(field, { [field]: one }));
  const named = isRecord(services) ? Object.entries(services) : [];
  if (!isRecord(services)) good('services', { services });
  const known = named.filter(([name, one]) => good(`services ${name}`, { services: { [name]: one } }));
  return runbookSettings.parse({ ...Object.fromEntries(kept), services: Object.fromEntries(known) });
}

/** A policy that is not understood keeps its place and reaches nobody, so that the administrators are paged and no other team. */
const withoutLevels = ({ value }: Entry): Policy => {
  const id = isRecord(value) && typeof value.id === 'string' ? value.id : '';
  return { id, name: id, levels: [], repeat: 0 };
};

/** A rule that is not understood might have paged for what a later one keeps quiet: such later ones are left out with it. */
function withoutDoubt(entries: readonly Entry[], leftOut: string[]): Rule[] {
  let doubtful: Entry | undefined;
  return entries.flatMap((entry) => {
    const rule = read(ruleSchema, entry, leftOut);
    if (rule === undefined) {
      if (!isRecord(entry.value) || entry.value.enabled !== false) doubtful ??= entry;
      return [];
    }
    if (doubtful === undefined || !mayKeepQuiet(rule)) return [rule];
    leftOut.push(`${entry.name}: might keep quiet what ${doubtful.name} is for`);
    return [];
  });
}

/** Whether a rule may have nobody paged, or not at once, for what another would page for. */
function mayKeepQuiet({ enabled, actions, conditions }: Rule): boolean {
  const { createIncident, suppress, drop, urgency, cooldown, set } = actions;
  const { threshold, members, minDuration, severity = set?.severity } = conditions;
  const isKept = !createIncident || suppress === true || drop === true || urgency === 'low';
  const isHeld = threshold > 1 || [members, minDuration, cooldown].some((one) => one !== undefined);
  return enabled && (isKept || isHeld || (severity !== undefined && !needsHuman(severity)));
}

const inWords = ({ path, message }: z.core.$ZodIssue): string => [...path.map(String), message].join(' ');

/** What is said of one element is at most this long. */
const LONGEST = 300;
const brief = (text: string): string => (text.length <= LONGEST ? text : `${text.slice(0, LONGEST - 1)}…`);

/** The id, as far as it has one. */
function nameOf(entry: unknown): string {
  const id = isRecord(entry) ? entry.id : undefined;
  return typeof id === 'string' ? `'${id.slice(0, 100)}'` : 'without an id';
}
