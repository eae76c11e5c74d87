import { Textarea, TextInput } from '@mantine/core';
import { type Faults, faultAt } from './check-options.ts';
import { type MappingDraft, type PlainField, WHOLE, type WordField } from './mapping-draft.ts';
import { SeverityWords } from './severity-words.tsx';

export interface MappingFieldsProps {
  readonly draft: MappingDraft;
  readonly faults: Faults;
  /** The list of pointers that are suggested. */
  readonly suggested: string;
  onChange(part: Partial<MappingDraft>): void;
}

const plain: readonly (readonly [name: PlainField, label: string, description: string])[] = [
  ['title', 'Title', 'What is wrong, in a line.'],
  ['description', 'Description', 'Where it says more.'],
  ['service', 'Service', 'What it concerns.'],
  ['time', 'Time', 'When it began or ended.'],
  ['labels', 'Labels', 'An object: its flat fields are the labels.'],
  ['link', 'Link', 'Where a person may look further.'],
];

/** What is where in a body, field by field. */
export function MappingFields({ suggested, ...props }: MappingFieldsProps) {
  const { draft, faults, onChange } = props;
  const pointer = (name: PlainField) => ({
    ...{ list: suggested, value: draft[name], error: faultAt(faults, `mapping.${name}`) },
    onText: (text: string) => onChange({ [name]: text }),
  });
  return (
    <>
      <p className="soft">
        Each is a JSON pointer, such as <code>/alert/title</code>; <code>{WHOLE}</code> is the whole. What is
        left empty is read as without a mapping.
      </p>
      <PointerField
        label="List of alerts"
        description="Each entry is one alert, and the pointers below begin there. Empty: the body is one."
        {...pointer('items')}
      />
      <div className="pointers">
        {plain.map(([name, label, description]) => (
          <PointerField key={name} {...{ label, description, ...pointer(name) }} />
        ))}
      </div>
      <Textarea
        className="code-field"
        label="Identity"
        description="What names the alert for its whole life, so that its end is told from another alert. Of several, one in each line, all together."
        {...{ rows: 2, spellCheck: false, value: draft.key, error: faultAt(faults, 'mapping.key') }}
        onChange={({ target }) => onChange({ key: target.value })}
      />
      <StateFields {...props} suggested={suggested} />
      <SeverityFields {...props} suggested={suggested} />
    </>
  );
}

const states: readonly (readonly [name: WordField, label: string])[] = [
  ['firing', 'Words for: it fires'],
  ['acknowledged', 'Words for: somebody has it'],
  ['resolved', 'Words for: it is over'],
];

function StateFields({ draft, faults, suggested, onChange }: MappingFieldsProps) {
  return (
    <fieldset className="mapped">
      <legend>State</legend>
      <PointerField
        label="Where the state is"
        list={suggested}
        value={draft.stateAt}
        error={faultAt(faults, 'mapping.state.at')}
        onText={(stateAt) => onChange({ stateAt })}
      />
      <div className="pointers">
        {states.map(([name, label]) => (
          <Textarea
            key={name}
            label={label}
            description="One in each line."
            rows={2}
            value={draft[name]}
            error={faultAt(faults, `mapping.state.${name}`)}
            onChange={({ target }) => onChange({ [name]: target.value })}
          />
        ))}
      </div>
    </fieldset>
  );
}

function SeverityFields({ draft, faults, suggested, onChange }: MappingFieldsProps) {
  return (
    <fieldset className="mapped">
      <legend>Severity</legend>
      <PointerField
        label="Where the severity is"
        list={suggested}
        value={draft.severityAt}
        error={faultAt(faults, 'mapping.severity.at')}
        onText={(severityAt) => onChange({ severityAt })}
      />
      <SeverityWords
        words={draft.severityWords}
        faults={faults}
        onChange={(severityWords) => onChange({ severityWords })}
      />
    </fieldset>
  );
}

interface PointerFieldProps {
  readonly label: string;
  readonly description?: string;
  readonly list: string;
  readonly value: string;
  readonly error: string | undefined;
  onText(text: string): void;
}

function PointerField({ onText, ...field }: PointerFieldProps) {
  return (
    <TextInput
      className="code-field"
      autoComplete="off"
      spellCheck={false}
      {...field}
      onChange={({ target }) => onText(target.value)}
    />
  );
}
