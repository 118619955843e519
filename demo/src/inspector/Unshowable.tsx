import type { ReactNode } from 'react';
import { Component } from 'react';

interface UnshowableProps {
  /** Name of the log. */
  readonly name: string;
  readonly children: ReactNode;
}

interface Failure {
  readonly failure: Error | null;
}

/**
 * Says that a log cannot be shown, where its digests are right and its state is none that these selectors know: that of
 * other reducers, or of a version that nobody brings up to date. The page stays, for another log.
 */
export class Unshowable extends Component<UnshowableProps, Failure> {
  override state: Failure = { failure: null };

  static getDerivedStateFromError(failure: Error): Failure {
    return { failure };
  }

  override render(): ReactNode {
    const { failure } = this.state;
    const { name, children } = this.props;
    if (failure === null) return children;
    return (
      <p className="inspector-error" role="alert">
        {name}: This log cannot be shown here, as its state is none of this package&apos;s reducers
        ({failure.message}). Look at it with <code>hudhud replay show</code>.
      </p>
    );
  }
}
