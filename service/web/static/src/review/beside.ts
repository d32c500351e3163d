// What is set beside the picture: the camera's clean picture or an earlier night's, the same place
// of the frame, side by side or one over the other with a slider.
import { must, press } from "../dom";
import { text } from "../http";
import { toast } from "../toast";
import { Stage, type Box } from "../viewer";
import type { Finding } from "./finding";

type Other = "reference" | "earlier";

export class Beside {
  private what: Other | undefined;
  private swiping = false;
  private second: Stage | undefined;
  private readonly box = must("reference");
  private readonly swipe = must("swipe") as HTMLInputElement;

  constructor(
    private readonly stage: Stage,
    private readonly finding: () => Finding | undefined,
    private readonly again: () => void, // show the picture anew, and this beside it
  ) {
    this.swipe.addEventListener("input", () => this.arrange());
    this.swipe.addEventListener("pointerup", () => this.swipe.blur()); // so that keys decide again
  }

  private can(what: Other): boolean {
    return what === "reference" ? !!this.finding()?.reference : this.finding()?.earlier != null;
  }

  /** Another finding came: what it has none of is put away. */
  settle(): void {
    if (this.what && !this.can(this.what)) this.compare(undefined);
  }

  toggle(what: Other): void {
    this.compare(this.what === what ? undefined : what);
  }

  private compare(what: Other | undefined): void {
    if (what && !this.can(what)) {
      return toast(text(what === "reference" ? "no-reference" : "no-earlier"), "bad");
    }
    this.what = what;
    this.box.hidden = !what;
    this.name(what);
    press("reference", what === "reference");
    press("earlier", what === "earlier");
    this.arrange();
    if (what && !this.second) {
      this.second = new Stage(this.box);
      this.second.follow(this.stage);
    }
    this.again();
  }

  toggleSwipe(): void {
    this.swiping = !this.swiping || !this.what;
    if (this.what) return this.arrange();
    this.compare(this.can("reference") || !this.can("earlier") ? "reference" : "earlier");
    if (!this.what) this.swiping = false;
    this.arrange();
  }

  private arrange(): void {
    const over = this.swiping && this.what !== undefined;
    this.box.classList.toggle("is-over", over);
    this.swipe.hidden = !over;
    this.box.style.clipPath = over ? `inset(0 0 0 ${this.swipe.value}%)` : "";
    press("swipe", this.swiping);
  }

  private name(what: Other | undefined, more = ""): void {
    const note = this.box.querySelector(".picture-note");
    if (what && note) note.textContent = (this.box.dataset[what] ?? "") + more;
  }

  /** Beside the finding's picture, whole or cut out as that one is. */
  async show(finding: Finding, useWhole: boolean): Promise<void> {
    const shown = finding.shots[0];
    if (!this.what || !this.second || !shown) return;
    const full: Box = [0, 0, shown.size[0], shown.size[1]];
    let url: string | null | undefined;
    let box: Box = useWhole ? full : shown.cropBox;
    if (this.what === "reference") {
      url = finding.reference && finding.reference + (useWhole ? "?whole=1" : "");
    } else {
      const shot = finding.earlier === null ? undefined : finding.shots[finding.earlier];
      const large = (useWhole && shot?.frame) || !shot?.crop;
      url = large ? shot?.frame : shot.crop;
      if (shot) box = large ? [0, 0, shot.size[0], shot.size[1]] : shot.cropBox;
    }
    if (!url) return;
    this.name(this.what, " …"); // a clean picture that nobody has looked at yet is masked first
    try {
      if (!(await this.second.show({ url, box }, box, "stay"))) return;
      this.second.lookLike(this.stage);
    } catch {
      toast(text("no-picture"), "bad");
    }
    this.name(this.what);
  }
}
