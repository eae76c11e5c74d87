import type { Key } from '../../../shared/table/index.ts';
import { tableName } from './client.ts';
import { Aliases, type Change, type Condition, changeText, conditionText } from './expressions.ts';

/** An item as stored: its key and attributes. */
export type Item = Key & { readonly [attribute: string]: unknown };

/** When a write may happen. `ifNew`: no item has this key; `ifVersion`: the stored `version` is this one; `if`: all tests hold. */
export interface Guard {
  readonly ifNew?: boolean;
  readonly ifVersion?: number;
  readonly if?: Condition;
}

/** Puts exactly this item; the writer of a versioned item puts its next version into it. */
export type Put = { readonly put: Item } & Guard;
/** Changes some attributes; with `ifVersion` n it also sets `version` to n + 1. */
export type Update = { readonly update: Key } & Change & Guard;
type Delete = { readonly delete: Key } & Guard;
type Check = { readonly check: Key } & Guard;
export type Write = Put | Update | Delete | Check;

/** The condition that a guard means. */
function conditionOf(guard: Guard): Condition | undefined {
  const fixed = {
    ...(guard.ifNew && { pk: { exists: false } }),
    ...(guard.ifVersion !== undefined && { version: { is: guard.ifVersion } }),
  };
  const { if: own = {} } = guard;
  const any = (Array.isArray(own) ? own : [own]).map((all) => ({ ...fixed, ...all }));
  return any.some((all) => Object.keys(all).length > 0) ? any : undefined;
}

function expressions(guard: Guard, aliases: Aliases) {
  const text = conditionText(conditionOf(guard), aliases);
  return { TableName: tableName(), ...(text !== undefined && { ConditionExpression: text }) };
}

/** The parameters of a put, for a single command or a transaction. */
export function putParameters(write: Put) {
  const aliases = new Aliases();
  return { Item: write.put, ...expressions(write, aliases), ...aliases.maps() };
}

/** The parameters of an update, for a single command or a transaction. */
export function updateParameters(write: Update) {
  const aliases = new Aliases();
  const version = write.ifVersion === undefined ? {} : { version: write.ifVersion + 1 };
  const change = changeText({ ...write, set: { ...write.set, ...version } }, aliases);
  return {
    Key: keyOf(write.update),
    UpdateExpression: change,
    ...expressions(write, aliases),
    ...aliases.maps(),
  };
}

/** The parameters of a delete or a check, for a single command or a transaction. */
export function keyParameters(key: Key, guard: Guard) {
  const aliases = new Aliases();
  return { Key: keyOf(key), ...expressions(guard, aliases), ...aliases.maps() };
}

/** Only the key of what may be a whole item. */
export const keyOf = ({ pk, sk }: Key): { pk: string; sk: string } => ({ pk, sk });
