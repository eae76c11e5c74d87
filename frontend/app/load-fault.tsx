import { Button } from '@mantine/core';
import { Component, type ReactNode } from 'react';
import { Notice } from '../ui/notice.tsx';

/** Shown in place of a page whose files did not come, or which failed while it was drawn. */
export class LoadFault extends Component<{ readonly children: ReactNode }, { readonly failed: boolean }> {
  override state = { failed: false };

  static getDerivedStateFromError() {
    return { failed: true };
  }

  override render() {
    if (!this.state.failed) return this.props.children;
    return (
      <div className="alone">
        <h1>This page cannot be shown</h1>
        <Notice>
          A part of it did not come, or is broken. Load it again; if that does not help, check your network,
          or tell whoever runs this console.
        </Notice>
        <Button onClick={() => location.reload()}>Load it again</Button>
      </div>
    );
  }
}
