import { alertsApi } from '../../shared/alerts/api.ts';
import { viewExplanation } from '../../shared/alerts/index.ts';
import { type AlertRecord, explainAlert as explained, unknownRule } from '../../shared/detection/index.ts';
import { Refusal } from '../../shared/kernel/index.ts';
import { clock } from '../aws/clock.ts';
import { named } from '../aws/integration-names.ts';
import { verb } from '../edge/verb.ts';
import { readAlertRecord } from './alert-record.ts';
import { noAlert } from './alert-view.ts';

/** Why an alert is in an incident or not, and why somebody was paged for it or not. */
export const explainAlert = verb({
  api: alertsApi['explain-alert'],
  run: async ({ ctx: { org }, params: { id }, query: { rule } }) => {
    const record = await readAlertRecord(org, id, clock.now());
    if (!record) throw noAlert(id);
    if (rule !== undefined) refuseUnknown(rule, record);
    const { outcome, isPaged, incident, alsoIn, ...explanation } = await named(
      org,
      explained({ ...record, ...(rule !== undefined && { wanted: rule }) }),
    );
    return {
      ...{ alert: id, outcome, paged: isPaged },
      ...(incident !== undefined && { incident }),
      ...(alsoIn && { alsoIn: [...alsoIn] }),
      ...viewExplanation(explanation),
    };
  },
});

/** A rule that is in neither version is most likely mistyped. */
function refuseUnknown(rule: string, record: AlertRecord): void {
  const words = unknownRule(rule, record);
  if (words !== undefined) throw new Refusal('invalid', words, 'query.rule');
}
