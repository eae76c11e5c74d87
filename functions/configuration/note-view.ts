import type { VersionNote } from '../../shared/configuration/index.ts';
import { toText } from '../../shared/kernel/index.ts';

/** What is told of a version; of one that an earlier version of the program stored, its number alone. */
export function noteView(version: number, note: VersionNote | undefined) {
  if (!note) return { version };
  const { at, by, reason, restores, touched } = note;
  const lists: Record<string, string[]> = {};
  for (const [name, ids] of Object.entries(touched.lists)) lists[name] = [...ids];
  return {
    ...{ version, at: toText(at), by },
    ...(reason !== undefined && { reason }),
    ...(restores !== undefined && { restores }),
    touched: { lists, settings: [...touched.settings], more: touched.more },
  };
}
