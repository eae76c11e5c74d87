import type * as z from 'zod';
import { plainFaults } from '../../shared/api/plain-faults.ts';
import { configurationLists } from '../../shared/configuration/configuration.ts';
import { detectionWarnings } from '../../shared/configuration/detection-warnings.ts';
import { disagreements } from '../../shared/configuration/disagreements.ts';
import { givenConfiguration, wholeOf } from '../../shared/configuration/given.ts';
import { burdensOf } from '../../shared/detection/rules/burden.ts';
import { isRecord } from '../../shared/kernel/record.ts';
import { type PlacedYaml, parsePlacedYaml, YamlFault } from '../../shared/kernel/yaml/index.ts';
import type { Configuration } from './use-rules.ts';

/** What a text is a draft of. */
export const scopes = ['rules', 'configuration'] as const;
export type Scope = (typeof scopes)[number];

/** What is wrong in a text, and where; lines and columns from 1. */
export interface Fault {
  readonly line: number;
  readonly column: number;
  /** Such as `[2].conditions.threshold`; empty where the text cannot be read at all. */
  readonly place: string;
  readonly message: string;
}

/** What a text says, or what is wrong with it. */
export interface Checked {
  /** As it is sent; absent while the text cannot be read. */
  readonly value?: unknown;
  readonly faults: readonly Fault[];
  /** Faults beyond those. */
  readonly more: number;
  /** What of a text without faults is allowed but rarely meant, as its plan will say. */
  readonly warnings: readonly string[];
}

const MOST_FAULTS = 20;

/** Reads a text, YAML or JSON, as the API would; all faults together, each at its place. */
export function checkedDraft(text: string, scope: Scope, inForce: Configuration): Checked {
  let placed: PlacedYaml;
  try {
    placed = parsePlacedYaml(text);
  } catch (fault) {
    if (!(fault instanceof YamlFault)) throw fault;
    const { line, column } = fault;
    const message = fault.message.replace(/ at line \d+, column \d+$/, '');
    return { faults: [{ line, column, place: '', message }], more: 0, warnings: [] };
  }
  // Nothing but comments is a list of no rules.
  const value = scope === 'rules' ? (placed.value ?? []) : placed.value;
  const { wrong, after } = scope === 'rules' ? readRules(value, inForce) : readWhole(value);
  const faults = wrong.map(({ path, message }) => ({
    ...placed.placeOf(path),
    place: pathText(path),
    message,
  }));
  return {
    value,
    faults: faults.toSorted((a, b) => a.line - b.line).slice(0, MOST_FAULTS),
    more: Math.max(0, faults.length - MOST_FAULTS),
    warnings: after === undefined ? [] : detectionWarnings(after),
  };
}

interface Wrong {
  readonly path: readonly PropertyKey[];
  readonly message: string;
}

/** What is wrong, or what would be in force. */
interface Read {
  readonly wrong: readonly Wrong[];
  readonly after?: Configuration;
}

/** Whoever comes from a whole document has its list under a name, which a draft of rules is without. */
const AROUND =
  "Here the list of rules stands alone: leave out 'rules:' and begin with its first entry, '- id: …', or choose the whole configuration.";

function readRules(value: unknown, inForce: Configuration): Read {
  if (isRecord(value) && 'rules' in value) return { wrong: [{ path: ['rules'], message: AROUND }] };
  const { success, data, error } = configurationLists.rules.safeParse(value, { error: plainFaults });
  if (!success) return { wrong: inWords(error) };
  const wrong = disagreements({ ...inForce, shadow: undefined, rules: data })
    .filter(({ path }) => path[0] === 'rules')
    .map(({ path, message }) => ({ path: path.slice(1), message }));
  if (wrong.length > 0) return { wrong };
  const dear = burdensOf(data, inForce.rules).map(({ rule, message }) => ({
    path: [rule, 'conditions'],
    message,
  }));
  return dear.length > 0 ? { wrong: dear } : { wrong, after: { ...inForce, rules: data } };
}

function readWhole(value: unknown): Read {
  const { success, data, error } = givenConfiguration.safeParse(value, { error: plainFaults });
  return success ? { wrong: [], after: wholeOf(data) } : { wrong: inWords(error) };
}

const inWords = ({ issues }: z.ZodError): readonly Wrong[] =>
  issues.flatMap((issue) =>
    issue.code === 'unrecognized_keys'
      ? issue.keys.map((key) => ({ path: [...issue.path, key], message: issue.message }))
      : [{ path: issue.path, message: issue.message }],
  );

const pathText = (path: readonly PropertyKey[]): string =>
  path.reduce<string>(
    (text, step) =>
      typeof step === 'number' ? `${text}[${step}]` : `${text}${text === '' ? '' : '.'}${String(step)}`,
    '',
  );

/** The line at which a rule begins; undefined where it is not, or the text cannot be read. */
export function lineOfRule(text: string, id: string): number | undefined {
  try {
    const { value, placeOf } = parsePlacedYaml(text);
    if (!Array.isArray(value)) return undefined;
    const place = value.findIndex((rule) => isRecord(rule) && rule.id === id);
    return place === -1 ? undefined : placeOf([place]).line;
  } catch (fault) {
    if (fault instanceof YamlFault) return undefined;
    throw fault;
  }
}
