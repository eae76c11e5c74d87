import { configurationApi } from '../../shared/configuration/api.ts';
import { allDone } from '../aws/all-done.ts';
import { loadNotes } from '../aws/configuration.ts';
import { verb } from '../edge/verb.ts';
import { knownVersion } from './known-version.ts';
import { noteView } from './note-view.ts';

/** One version of the configuration. */
export const getVersion = verb({
  api: configurationApi['get-version'],
  run: async ({ ctx: { org }, params: { version } }) => {
    const [{ configuration, leftOut }, [note]] = await allDone([
      knownVersion(org, version, 'path.version'),
      loadNotes(org, [version]),
    ]);
    return {
      ...{ ...noteView(version, note), configuration },
      ...(leftOut.length > 0 && { leftOut: [...leftOut] }),
    };
  },
});
