import { type EnvName, env } from '../../shared/wiring/index.ts';

/** Reads these settings from the environment; throws one error that names every one that is missing or empty. */
export function readSettings<const Names extends readonly EnvName[]>(
  names: Names,
): Record<Names[number], string> {
  const values = names.map((name) => [name, process.env[env[name]] ?? ''] as const);
  const missing = values.filter(([, value]) => value === '').map(([name]) => env[name]);
  if (missing.length > 0) {
    throw new Error(`Missing settings: ${missing.join(', ')}. The stack sets them as environment variables.`);
  }
  return Object.fromEntries(values) as Record<Names[number], string>;
}

/** A setting that a command by hand may not know. */
export const settingIfKnown = (name: EnvName): string | undefined => process.env[env[name]] || undefined;

const known = new Map<EnvName, string>();

/** One setting, read at its first use and kept: for adapters, whose function has checked all of its settings at start. */
export function setting(name: EnvName): string {
  const value = known.get(name) ?? readSettings([name])[name];
  known.set(name, value);
  return value;
}
