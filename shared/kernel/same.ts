import { isRecord, type JsonRecord } from './record.ts';

/**
 * Whether two JSON values say the same, whatever the order of their fields: what comes out of the table has none. A field that is
 * undefined is absent.
 */
export function isSame(one: unknown, other: unknown): boolean {
  if (one === other) return true;
  if (Array.isArray(one))
    return (
      Array.isArray(other) && one.length === other.length && one.every((each, i) => isSame(each, other[i]))
    );
  if (!isRecord(one) || !isRecord(other)) return false;
  return (
    Object.keys(one).every((name) => isSame(one[name], ownOf(other, name))) &&
    Object.keys(other).every((name) => other[name] === undefined || Object.hasOwn(one, name))
  );
}

const ownOf = (record: JsonRecord, name: string): unknown =>
  Object.hasOwn(record, name) ? record[name] : undefined;
