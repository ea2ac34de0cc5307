# Markdown files as Jekyll makes them into HTML, one JSON object {"file", "html", "warnings"} a line:
# front matter dropped, Liquid run, kramdown with its GFM input. Formulas that kramdown itself finds
# become <script type="math/tex">, as themes with KaTeX have it.
require 'json'
require 'kramdown'
require 'kramdown-parser-gfm'
require 'liquid'

module Filters
  def relative_url(text)
    text
  end
  alias absolute_url relative_url
end

module Kramdown
  module Converter
    class Html
      def convert_math(element, _indent)
        mode = element.options[:category] == :block ? '; mode=display' : ''
        "<script type=\"math/tex#{mode}\">#{escape_html(element.value)}</script>"
      end
    end
  end
end

HEAD = /\A(---\s*\n.*?\n?)^((---|\.\.\.)\s*$\n?)/m

ARGV.each do |file|
  text = File.read(file, encoding: 'UTF-8').scrub.delete_prefix("\uFEFF")
  problems = []
  body = text
  if text =~ HEAD
    body = $'.dup
    begin
      template = Liquid::Template.parse(body, error_mode: :warn)
      body = template.render({}, filters: [Filters])
      problems = template.warnings.map(&:message)
    rescue StandardError => e
      problems = [e.message]
    end
  end
  document = Kramdown::Document.new(body, input: 'GFM', hard_wrap: false)
  puts JSON.generate('file' => file, 'html' => document.to_html,
                     'warnings' => document.warnings + problems)
end
