// Logs in, confirms a finding by key and opens the ledger in Chromium 80.
// Arguments: the site's address, login, password, a folder of its own.  Prints one JSON object.
const fs = require("fs");
const path = require("path");
const zlib = require("zlib");
const { execFileSync } = require("child_process");
const puppeteer = require("puppeteer-core");

const [address, login, password, folder] = process.argv.slice(2);
const packed = path.join(path.dirname(require.resolve("chrome-aws-lambda/package.json")), "bin");

const heard = []; // what the console complained of

function unpack(name, target) {
  const data = zlib.brotliDecompressSync(fs.readFileSync(path.join(packed, name)));
  fs.writeFileSync(target, data, { mode: 0o755 });
}

async function main() {
  const chromium = path.join(folder, "chromium");
  unpack("chromium.br", chromium);
  for (const name of ["aws", "swiftshader"]) {
    const tar = path.join(folder, `${name}.tar`);
    unpack(`${name}.tar.br`, tar);
    execFileSync("tar", ["xf", tar, "-C", folder]);
  }
  const browser = await puppeteer.launch({
    executablePath: chromium,
    headless: true,
    args: ["--no-sandbox", "--disable-gpu", "--disable-dev-shm-usage"],
    env: { ...process.env, LD_LIBRARY_PATH: path.join(folder, "lib") },
    defaultViewport: { width: 1366, height: 768 },
  });
  const said = { version: await browser.version(), complaints: heard, decided: 0, cases: 0 };
  try {
    const page = await browser.newPage();
    page.on("pageerror", (error) => heard.push(String(error)));
    page.on("console", (line) => {
      if (line.type() === "error") heard.push(line.text());
    });
    await page.goto(`${address}/login`);
    await page.type("input[name=login]", login);
    await page.type("input[name=password]", password);
    await Promise.all([page.waitForNavigation(), page.click("button[type=submit]")]);
    await page.goto(`${address}/queue`);
    await page.waitForSelector(".rail-item.is-current");
    await page.waitForFunction(() => !document.body.dataset.busy);
    const answer = page.waitForResponse((got) => got.url().endsWith("/decision"));
    await page.keyboard.press("Enter");
    said.decided = (await answer).status();
    await page.goto(`${address}/ledger?channel=camera`);
    said.cases = (await page.$$("tbody tr .thumb")).length;
    await page.goto(`${address}/reports`);
    said.reports = await page.$eval("h1", (head) => head.textContent.trim());
    await page.screenshot({ path: path.join(folder, "last.png") });
  } finally {
    await browser.close();
  }
  process.stdout.write(JSON.stringify(said));
}

main().catch((error) => {
  process.stderr.write(`${JSON.stringify(heard)}\n${error.stack}\n`);
  process.exit(1);
});
