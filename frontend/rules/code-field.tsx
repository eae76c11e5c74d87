import { type Ref, useId, useImperativeHandle, useRef } from 'react';
import type { Fault } from './checked.ts';

/** Brings a line of the text before the eyes, with the keyboard in it. */
export interface CodeFieldHandle {
  goTo(line: number): void;
}

export interface CodeFieldProps {
  readonly label: string;
  readonly description: string;
  readonly text: string;
  readonly faults: readonly Fault[];
  readonly ref?: Ref<CodeFieldHandle>;
  onChange(text: string): void;
}

/** A text with numbered lines, of which those with a fault are marked. */
export function CodeField({ label, description, text, faults, ref, onChange }: CodeFieldProps) {
  const id = useId();
  const area = useRef<HTMLTextAreaElement>(null);
  const numbers = useRef<HTMLPreElement>(null);
  useImperativeHandle(ref, () => ({
    goTo: (line) => {
      if (area.current) showLine(area.current, line);
    },
  }));
  const follow = () => {
    if (numbers.current && area.current) numbers.current.scrollTop = area.current.scrollTop;
  };
  return (
    <div className="code-edit">
      <label htmlFor={id}>{label}</label>
      <p id={`${id}-about`} className="soft">
        {description}
      </p>
      <div className="code-box">
        <Numbers ref={numbers} count={text.split('\n').length} faults={faults} />
        <textarea
          id={id}
          ref={area}
          rows={22}
          wrap="off"
          spellCheck={false}
          autoCapitalize="off"
          autoComplete="off"
          aria-describedby={`${id}-about`}
          aria-invalid={faults.length > 0}
          value={text}
          onScroll={follow}
          onChange={({ target }) => onChange(target.value)}
        />
      </div>
    </div>
  );
}

interface NumbersProps {
  readonly ref: Ref<HTMLPreElement>;
  readonly count: number;
  readonly faults: readonly Fault[];
}

function Numbers({ ref, count, faults }: NumbersProps) {
  const marked = [...new Set(faults.map(({ line }) => line))].sort((a, b) => a - b);
  const upTo = (from: number, to: number) =>
    Array.from({ length: Math.max(0, to - from) }, (_, i) => `${from + i}\n`).join('');
  const begins = [1, ...marked.map((line) => line + 1)];
  return (
    <pre ref={ref} aria-hidden="true">
      {begins.map((from, i) => {
        const line = marked[i];
        return (
          <span key={from}>
            {upTo(from, line ?? count + 1)}
            {line !== undefined && <mark>{`${line}\n`}</mark>}
          </span>
        );
      })}
    </pre>
  );
}

function showLine(area: HTMLTextAreaElement, line: number): void {
  const lines = area.value.split('\n');
  const start = lines.slice(0, line - 1).reduce((sum, one) => sum + one.length + 1, 0);
  area.focus();
  area.setSelectionRange(start, start + (lines[line - 1]?.length ?? 0));
  const height = area.scrollHeight / Math.max(1, lines.length);
  area.scrollTop = Math.max(0, (line - 4) * height);
}
