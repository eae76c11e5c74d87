import { configurationApi } from '../../shared/configuration/api.ts';
import {
  type Configuration,
  disagreements,
  type GivenConfiguration,
  uploadedSignals,
  wholeOf,
} from '../../shared/configuration/index.ts';
import type { Rule } from '../../shared/detection/index.ts';
import { clock } from '../aws/clock.ts';
import { loadConfiguration } from '../aws/configuration.ts';
import { tellLeftOut } from '../edge/left-out.ts';
import { verb } from '../edge/verb.ts';
import { refuseDearer, refusedAt } from './refuse-dearer.ts';
import { stretchOf } from './stretch.ts';
import { tryOnKept, tryOnUploaded } from './trial.ts';
import { viewTrial } from './trial-view.ts';

/** Tries a draft of rules on signals that were received, or on such that are uploaded. */
export const simulate = verb({
  api: configurationApi.simulate,
  run: async ({ ctx: { org }, body }) => {
    const { body: active } = await loadConfiguration(org, tellLeftOut);
    const draft = draftOf(body, active);
    refuseDearer(draft, active, body.configuration ? 'body.configuration' : 'body');
    const trial = { org, active, draft };
    const { upload } = body;
    if (!upload) return viewTrial(await tryOnKept(trial, stretchOf(body, clock.now(), 'body')), trial);
    const { messages, refused } = uploadedSignals(org, upload.source, upload.bodies, clock.now());
    return viewTrial(tryOnUploaded(trial, messages), trial, refused);
  },
});

/** The draft as a whole configuration; what it names must be there. */
function draftOf(
  {
    rules,
    configuration,
  }: { readonly rules?: Rule[] | undefined; readonly configuration?: GivenConfiguration | undefined },
  active: Configuration,
): Configuration {
  if (configuration) return wholeOf(configuration);
  const draft = { ...active, rules: rules ?? [] };
  const [first] = disagreements(draft).filter(({ path }) => path[0] === 'rules');
  if (first) throw refusedAt(first, 'body', draft);
  return draft;
}
