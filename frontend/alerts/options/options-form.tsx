import type { Api } from '../../api/use-api.ts';
import type { Integration } from '../use-integrations.ts';
import { AlarmsForm } from './alarms-form.tsx';
import { MappingForm } from './mapping-form.tsx';

export interface OptionsFormProps {
  readonly api: Api;
  readonly integration: Integration;
  readonly now: number;
  onChanged(): void;
}

/** What may be set for an integration of its source beside its name. */
export function OptionsForm(props: OptionsFormProps) {
  return props.integration.source === 'generic' ? <MappingForm {...props} /> : <AlarmsForm {...props} />;
}
