import { Button, NativeSelect, TextInput } from '@mantine/core';
import { type Severity, severities } from '../../../shared/alerts/severity.ts';
import { severityText } from '../../../shared/incidents/words.ts';
import { type AskedAlerts, placeChoices, type Since, sinceChoices, stateChoices } from './asked-alerts.ts';

export interface AlertFiltersProps {
  readonly asked: AskedAlerts;
  /** The services that are known, by name. */
  readonly known: readonly string[];
  /** What is being typed. */
  readonly text: string;
  onText(text: string): void;
  onChange(asked: AskedAlerts): void;
}

/** Which alerts are wanted. */
export function AlertFilters({ asked, known, text, onText, onChange }: AlertFiltersProps) {
  const { state, severity, service, place, since } = asked;
  const isFiltered = [state, severity, service, place].some((one) => one !== undefined) || text !== '';
  return (
    <search className="filters">
      <TextInput
        type="search"
        aria-label="Words in title, service or labels"
        placeholder="Find words"
        maxLength={100}
        value={text}
        onChange={({ target }) => onText(target.value)}
      />
      <Choices asked={asked} known={known} onChoose={(change) => onChange({ ...asked, ...change })} />
      <NativeSelect
        aria-label="How far back"
        value={String(since)}
        data={Object.entries(sinceChoices).map(([value, label]) => ({ value, label }))}
        onChange={({ target }) => onChange({ ...asked, since: Number(target.value) as Since })}
      />
      {isFiltered && (
        <Button variant="subtle" onClick={() => onChange({ since })}>
          Clear the filters
        </Button>
      )}
    </search>
  );
}

const severityChoices = Object.fromEntries(severities.map((one) => [one, severityText(one)])) as Readonly<
  Record<Severity, string>
>;

interface ChoicesProps extends Pick<AlertFiltersProps, 'asked' | 'known'> {
  onChoose(change: Partial<AskedAlerts>): void;
}

function Choices({ asked, known, onChoose }: ChoicesProps) {
  const { state, severity, service, place } = asked;
  const names = [...new Set([...known, ...(service === undefined ? [] : [service])])].sort();
  return (
    <>
      <Choice
        {...{ label: 'State', all: 'Every state', value: state, choices: stateChoices }}
        onChoose={(one) => onChoose({ state: one })}
      />
      <Choice
        {...{ label: 'Severity', all: 'Every severity', value: severity, choices: severityChoices }}
        onChoose={(one) => onChoose({ severity: one })}
      />
      <Choice
        {...{ label: 'Service', all: 'Every service', value: service }}
        choices={Object.fromEntries(names.map((name) => [name, name]))}
        onChoose={(one) => onChoose({ service: one })}
      />
      <Choice
        {...{ label: 'What became of it', all: 'Any outcome', value: place, choices: placeChoices }}
        onChoose={(one) => onChoose({ place: one })}
      />
    </>
  );
}

interface ChoiceProps<Key extends string> {
  readonly label: string;
  /** What is called that nothing is chosen. */
  readonly all: string;
  readonly value: Key | undefined;
  readonly choices: Readonly<Record<Key, string>>;
  onChoose(key: Key | undefined): void;
}

function Choice<Key extends string>({ label, all, value, choices, onChoose }: ChoiceProps<Key>) {
  const data = Object.entries<string>(choices).map(([key, name]) => ({ value: key, label: name }));
  return (
    <NativeSelect
      aria-label={label}
      value={value ?? ''}
      data={[{ value: '', label: all }, ...data]}
      onChange={({ target }) => onChoose(target.value === '' ? undefined : (target.value as Key))}
    />
  );
}
