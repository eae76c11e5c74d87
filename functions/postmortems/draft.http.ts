import { Refusal } from '../../shared/kernel/index.ts';
import { postmortemsApi } from '../../shared/postmortems/api.ts';
import { evidenceOf, questionOf, readAnswer } from '../../shared/postmortems/index.ts';
import { clock } from '../aws/clock.ts';
import { askModel, modelName } from '../aws/model.ts';
import { commandPostmortem } from '../aws/postmortem-log.ts';
import { versionIn } from '../edge/if-match.ts';
import { verb } from '../edge/verb.ts';
import { found, shown } from './found.ts';

/** Has a model phrase a post-mortem: what it says is a draft for people, and nothing else follows from it. */
export const draft = verb({
  api: postmortemsApi.draft,
  run: async ({ ctx: { org, actor }, params: { id }, headers, cause }) => {
    const expectedVersion = versionIn(headers);
    const model = modelName();
    if (model === undefined)
      throw new Refusal('conflict', 'No model is set up here; whoever deploys can set bedrockModel.');
    const { postmortem: before, actions } = await found(org, id);
    if (before.status === 'done')
      throw new Refusal('conflict', 'This post-mortem is done; move it back to draft or review first.');
    const evidence = evidenceOf(before);
    const made = readAnswer(await askModel(model, questionOf(evidence)), evidence);
    if (made === undefined || made.summary.length + made.rootCause.length === 0) {
      const why = made === undefined ? 'not in the form that was asked for' : 'not shown by what it named';
      throw new Refusal('unavailable', `What the model ${model} wrote is ${why}, so that nothing was kept.`);
    }
    const command = { do: 'draft', draft: { model, ...made }, of: before.generatedAt } as const;
    const postmortem = await commandPostmortem(org, id, [command], {
      ...{ actor, now: clock.now(), cause },
      ...(expectedVersion !== undefined && { expectedVersion }),
    });
    return shown(201, { postmortem, actions });
  },
});
