import { Button } from '@mantine/core';
import { useId, useRef, useState } from 'react';

export interface CopyTextProps {
  readonly label: string;
  readonly text: string;
}

/** A text that is to be pasted elsewhere, and a button that copies it; where the browser forbids that, it is selected. */
export function CopyText({ label, text }: CopyTextProps) {
  const id = useId();
  const shown = useRef<HTMLElement>(null);
  const [said, setSaid] = useState('');
  const copy = () => {
    navigator.clipboard.writeText(text).then(
      () => setSaid('Copied.'),
      () => {
        if (shown.current) getSelection()?.selectAllChildren(shown.current);
        setSaid('Selected: press Ctrl or Command with C.');
      },
    );
  };
  return (
    <div className="copy">
      <h3 id={id}>{label}</h3>
      <code ref={shown}>{text}</code>
      <Button variant="default" onClick={copy} aria-describedby={id}>
        Copy
      </Button>
      <p role="status" className="soft">
        {said}
      </p>
    </div>
  );
}
