/// One self-contained page: nothing is fetched, nothing runs, and it follows the reader's choice of light or dark.
struct HTMLPage: CustomStringConvertible {
    let title: String
    let content: HTML

    var description: String { page.description }

    private var page: HTML {
        """
        <!DOCTYPE html>
        <html lang="en">
        <head>
        <meta charset="utf-8">
        <meta name="viewport" content="width=device-width, initial-scale=1">
        <meta name="color-scheme" content="light dark">
        <meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'">
        <title>\(title)</title>
        <style>\(Self.style)</style>
        </head>
        <body>
        \(content)
        </body>
        </html>

        """
    }

    private static let style: HTML = """

        :root { --ground: #ffffff; --text: #1c2024; --faint: #60646c; --line: #d9d9e0; --panel: #f4f5f7;
          --good: #18794e; --bad: #c62a2f; --doubt: #ad5700; --s0: #0b68cb; --s1: #d4570a; --s2: #18794e; --s3: #8e4ec6; }
        @media (prefers-color-scheme: dark) { :root { --ground: #111214; --text: #edeef0; --faint: #a0a4ab;
          --line: #363a3f; --panel: #1b1d20; --good: #4cc38a; --bad: #ff6369; --doubt: #f1a10d; --s0: #52a9ff;
          --s1: #ff8b3e; --s2: #4cc38a; --s3: #bf7af0; } }
        * { box-sizing: border-box; }
        body { margin: 0 auto; padding: 1.5rem; max-width: 72rem; background: var(--ground); color: var(--text);
          font: 15px/1.5 system-ui, sans-serif; }
        h1 { font-size: 1.5rem; margin: 0 0 .25rem; } h2 { font-size: 1.15rem; margin: 2rem 0 .5rem; }
        h3 { font-size: 1rem; margin: 1.25rem 0 .25rem; }
        p { margin: .25rem 0 .75rem; } .faint { color: var(--faint); }
        .good { color: var(--good); } .bad { color: var(--bad); } .doubt { color: var(--doubt); }
        code, pre { font: 13px/1.45 ui-monospace, monospace; }
        pre { margin: .25rem 0 .75rem; padding: .5rem .75rem; background: var(--panel); border-radius: 6px;
          white-space: pre-wrap; overflow-wrap: anywhere; }
        .wide { overflow-x: auto; }
        table { border-collapse: collapse; margin: .5rem 0 1rem; }
        th, td { padding: .25rem .75rem .25rem 0; text-align: left; border-bottom: 1px solid var(--line);
          vertical-align: top; }
        th { font-weight: 600; } td.number, th.number { text-align: right; font-variant-numeric: tabular-nums; }
        details { border-bottom: 1px solid var(--line); padding: .35rem 0; }
        summary { cursor: pointer; } details[open] > summary { margin-bottom: .35rem; }
        .plots { display: grid; grid-template-columns: repeat(auto-fit, minmax(min(30rem, 100%), 1fr)); gap: 1rem; }
        figure { margin: 0; } figcaption { font-weight: 600; }
        svg { width: 100%; height: auto; display: block; }
        svg text { fill: var(--faint); font: 11px system-ui, sans-serif; }
        svg .grid { stroke: var(--line); stroke-width: 1; } svg .curve { fill: none; stroke-width: 1.75; }
        svg .dot { stroke-width: 4; stroke-linecap: round; stroke-dasharray: none; }
        svg .dashed { stroke-dasharray: 5 3; }
        .s0 { stroke: var(--s0); } .s1 { stroke: var(--s1); } .s2 { stroke: var(--s2); } .s3 { stroke: var(--s3); }
        .key { display: inline-block; margin-right: 1rem; color: var(--faint); font-size: .85rem; }
        .key svg { display: inline-block; width: 24px; height: 8px; margin-right: .35rem; }

        """
}
