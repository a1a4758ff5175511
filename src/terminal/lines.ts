/**
 * A text of several lines within an answer, a script or a template: when it is made safe to show, its line feeds stay. Whoever
 * makes one has checked or quoted whatever in it is foreign. JSON has it as a string.
 */
export class Lines {
  readonly text: string;

  constructor(text: string) {
    this.text = text;
  }

  toJSON(): string {
    return this.text;
  }
}
