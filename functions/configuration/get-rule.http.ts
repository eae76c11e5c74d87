import { configurationApi } from '../../shared/configuration/api.ts';
import { didYouMean, Refusal } from '../../shared/kernel/index.ts';
import { loadConfiguration, loadNotes } from '../aws/configuration.ts';
import { tellLeftOut } from '../edge/left-out.ts';
import { verb } from '../edge/verb.ts';
import { noteView } from './note-view.ts';

/** The newest versions that are looked through for a rule. */
const MOST_VERSIONS = 200;

/** A rule in force, and who changed it. */
export const getRule = verb({
  api: configurationApi['get-rule'],
  run: async ({ ctx: { org }, params: { id } }) => {
    const { version, body } = await loadConfiguration(org, tellLeftOut);
    const place = body.rules.findIndex((rule) => rule.id === id);
    const rule = body.rules[place];
    if (!rule)
      throw new Refusal(
        'not_found',
        `There is no rule '${id}' in force; see GET /api/rules${
          didYouMean(
            id,
            body.rules.map((one) => one.id),
          ) || '.'
        }`,
        'path.id',
      );
    const versions = Array.from({ length: Math.min(MOST_VERSIONS, version) }, (_, i) => version - i);
    const notes = await loadNotes(org, versions);
    const touching = notes.flatMap((note) => (note?.touched.lists.rules?.includes(id) ? [note] : []));
    return {
      ...{ version, place, rule },
      history: touching.map((note) => noteView(note.version, note)),
      historyFrom: versions.at(-1) ?? 0,
    };
  },
});
