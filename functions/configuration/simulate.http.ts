import { configurationApi } from '../../shared/configuration/api.ts';
import {
  type Configuration,
  disagreements,
  type GivenConfiguration,
  uploadedSignals,
  wholeOf,
} from '../../shared/configuration/index.ts';
import type { Rule } from '../../shared/detection/index.ts';
import { DAY, type Instant, Refusal } from '../../shared/kernel/index.ts';
import { clock } from '../aws/clock.ts';
import { loadConfiguration } from '../aws/configuration.ts';
import { tellLeftOut } from '../edge/left-out.ts';
import { verb } from '../edge/verb.ts';
import { type Stretch, tryOnKept, tryOnUploaded } from './trial.ts';
import { viewTrial } from './trial-view.ts';

/** Tries a draft of rules on signals that were received, or on such that are uploaded. */
export const simulate = verb({
  api: configurationApi.simulate,
  run: async ({ ctx: { org }, body }) => {
    const { body: active } = await loadConfiguration(org, tellLeftOut);
    const draft = draftOf(body, active);
    const trial = { org, active, draft };
    const { upload } = body;
    if (!upload) return viewTrial(await tryOnKept(trial, stretchOf(body, clock.now())), draft);
    const { messages, refused } = uploadedSignals(org, upload.source, upload.bodies, clock.now());
    return viewTrial(tryOnUploaded(trial, messages), draft, refused);
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

const USUAL_DAYS = 7;

interface Asked {
  readonly days?: number | undefined;
  readonly from?: Instant | undefined;
  readonly to?: Instant | undefined;
}

function stretchOf({ days, from, to = Number.POSITIVE_INFINITY }: Asked, now: Instant): Stretch {
  if (days !== undefined && from !== undefined)
    throw new Refusal('invalid', "Send either 'days' or 'from'.", 'body.days');
  const begin = from ?? Math.min(to, now) - (days ?? USUAL_DAYS) * DAY;
  if (begin >= Math.min(to, now))
    throw new Refusal('invalid', "'from' must be before 'to' and before now.", 'body.from');
  return { from: begin, to };
}
