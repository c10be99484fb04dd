import Markdown from 'markdown-to-jsx'

/** A creator's Markdown; raw HTML in it stays text, headings start below the page's own. */
export default function Prose({ markdown, lang }: { markdown: string; lang: string }) {
  return (
    <div className="prose" lang={lang}>
      <Markdown
        options={{
          disableParsingRawHTML: true,
          forceBlock: true,
          overrides: {
            h1: 'h3',
            h2: 'h3',
            h3: 'h4',
            img: ({ alt }: { alt?: string }) => <em>{alt}</em>,
            a: ({ children, href }) => (
              <a href={typeof href === 'string' && /^https?:\/\//.test(href) ? href : undefined} rel="noreferrer nofollow ugc">
                {children}
              </a>
            ),
          },
        }}
      >
        {markdown}
      </Markdown>
    </div>
  )
}
