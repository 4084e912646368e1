import * as vscode from 'vscode';
import type { Enforcement, KeyService } from '../../management/keyService.ts';
import type { EmulatorSession } from '../../management/emulatorSession.ts';

interface Running {
  readonly service: KeyService;
  /** What the emulator did before. */
  readonly enforcement: Enforcement;
  /** `req_…`: the newest request before it began; undefined where there was none. */
  readonly after: string | undefined;
  readonly startedAt: number;
}

/** What was recorded, for whoever asks the service for it. */
export interface Recorded {
  readonly service: KeyService;
  readonly after: string | undefined;
}

/** Whether requests are recorded now, told by a loud item in the status bar. While they are, nothing is refused unless it is asked for. */
export class Recording implements vscode.Disposable {
  readonly #item = vscode.window.createStatusBarItem('keysmith.recording', vscode.StatusBarAlignment.Left);
  readonly #subscription;
  readonly #onDidChange;
  #running: Running | undefined;

  constructor(session: EmulatorSession, onDidChange: (on: boolean) => void) {
    this.#onDidChange = onDidChange;
    this.#item.name = vscode.l10n.t('Recording of Stripe requests');
    this.#item.text = `$(record) ${vscode.l10n.t('Recording Stripe requests')}`;
    this.#item.tooltip = vscode.l10n.t('Stop recording, and see the least that a key must be granted');
    this.#item.accessibilityInformation = { label: this.#item.tooltip, role: 'button' };
    this.#item.backgroundColor = new vscode.ThemeColor('statusBarItem.warningBackground');
    this.#item.command = 'keysmith.record.stop';
    // An emulator that is gone has nothing to be set back.
    this.#subscription = session.onDidChangeState((state) => {
      if (state.kind !== 'running' || state.service !== this.#running?.service) this.#become(undefined);
    });
  }

  get on(): boolean {
    return this.#running !== undefined;
  }

  begin(running: Omit<Running, 'startedAt'>): void {
    this.#become({ ...running, startedAt: Date.now() });
  }

  /** Ends it and has the emulator enforce what it did before. Undefined where nothing was recorded. */
  async end(): Promise<Recorded | undefined> {
    const running = this.#running;
    this.#become(undefined);
    await running?.service.setEnforcement(running.enforcement);
    return running;
  }

  dispose(): void {
    void this.end(); // the next window would find an emulator that refuses nothing
    this.#subscription.dispose();
    this.#item.dispose();
  }

  #become(running: Running | undefined): void {
    if (running === undefined && this.#running === undefined) return;
    this.#running = running;
    if (running) this.#item.show();
    else this.#item.hide();
    this.#onDidChange(running !== undefined);
  }
}
