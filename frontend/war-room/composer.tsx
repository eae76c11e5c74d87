import { Button, Textarea } from '@mantine/core';
import { type FormEvent, type KeyboardEvent, useState } from 'react';
import { limits } from '../../shared/war-room/limits.ts';
import { keep, readKept } from './kept.ts';

export interface ComposerProps {
  readonly incident: string;
  onSay(text: string): void;
  onType(): void;
}

/** A place to say something: Enter says it, Shift with Enter begins a new line. What is typed survives a reload. */
export function Composer({ incident, onSay, onType }: ComposerProps) {
  const [text, setText] = useState(() => readKept(sessionStorage, incident).draft);
  const write = (draft: string) => {
    setText(draft);
    keep(sessionStorage, incident, { ...readKept(sessionStorage, incident), draft });
  };
  const say = () => {
    const wanted = text.trim();
    if (wanted === '') return;
    write('');
    onSay(wanted);
  };
  const submit = (event: FormEvent) => {
    event.preventDefault();
    say();
  };
  const press = (event: KeyboardEvent) => {
    if (event.key !== 'Enter' || event.shiftKey || event.nativeEvent.isComposing) return;
    event.preventDefault();
    say();
  };
  const left = limits.chatText - text.length;
  return (
    <form className="composer" onSubmit={submit}>
      <Textarea
        id="message"
        aria-label="Message"
        placeholder="Say something to the room"
        rows={2}
        w="100%"
        maxLength={limits.chatText}
        value={text}
        {...(left <= 200 && { description: `${left} characters left` })}
        onChange={({ target }) => {
          write(target.value);
          onType();
        }}
        onKeyDown={press}
      />
      <Button type="submit">Send</Button>
    </form>
  );
}
