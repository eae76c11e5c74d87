import { configurationApi } from '../../shared/configuration/api.ts';
import { loadConfiguration, loadNotes } from '../aws/configuration.ts';
import { tellLeftOut } from '../edge/left-out.ts';
import { readCursor, writeCursor } from '../edge/page-token.ts';
import { verb } from '../edge/verb.ts';
import { noteView } from './note-view.ts';

/** Who made the versions of the configuration, newest first. */
export const listVersions = verb({
  api: configurationApi['list-versions'],
  run: async ({ ctx: { org }, query: { limit, cursor } }) => {
    const listing = { org, of: { list: 'configuration versions' } };
    const newest =
      cursor === undefined
        ? (await loadConfiguration(org, tellLeftOut)).version
        : Number(readCursor(listing, cursor)[0]) - 1;
    const versions = Array.from({ length: Math.max(0, Math.min(limit, newest)) }, (_, i) => newest - i);
    const notes = await loadNotes(org, versions);
    const last = versions.at(-1) ?? 1;
    return {
      items: versions.map((version, i) => noteView(version, notes[i])),
      ...(last > 1 && { next: writeCursor(listing, [String(last)]) }),
    };
  },
});
