import { configurationApi } from '../../shared/configuration/api.ts';
import {
  type Configuration,
  disagreements,
  type GivenConfiguration,
  uploadedSignals,
  wholeOf,
} from '../../shared/configuration/index.ts';
import type { Rule } from '../../shared/detection/index.ts';
import { Refusal } from '../../shared/kernel/index.ts';
import { clock } from '../aws/clock.ts';
import { loadConfiguration } from '../aws/configuration.ts';
import { tellLeftOut } from '../edge/left-out.ts';
import { verb } from '../edge/verb.ts';
import { stretchOf } from './stretch.ts';
import { tryOnKept, tryOnUploaded } from './trial.ts';
import { viewTrial } from './trial-view.ts';

/** Tries a draft of rules on signals that were received, or on such that are uploaded. */
export const simulate = verb({
  api: configurationApi.simulate,
  run: async ({ ctx: { org }, body }) => {
    const { body: active } = await loadConfiguration(org, tellLeftOut);
    const draft = draftOf(body, active);
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
  if (!first) return draft;
  const place = first.path.reduce<string>(
    (text, step) => (typeof step === 'number' ? `${text}[${step}]` : `${text}.${step}`),
    'body',
  );
  throw new Refusal('invalid', `${place}: ${first.message}.`, place);
}
