# Runs inside Jekyll: marks every link of a page with the file it was written in, and tells what
# destinations become once Liquid has run. Give Jekyll only this folder as its plug-ins: those of
# the site are not run.
require "json"

module Probe
  QUESTIONS = JSON.parse(File.read(ENV.fetch("PROBE_QUESTIONS"))) # source => [destination as written]
  ANSWERS = { "expanded" => {}, "pages" => [] } # source => {written => expanded}; [source, built file]

  def self.expand(page, payload)
    asked = QUESTIONS[page.relative_path.delete_prefix("/")] || []
    registers = { :site => page.site, :page => payload["page"] }
    ANSWERS["expanded"][page.relative_path.delete_prefix("/")] = asked.to_h do |text|
      [text, Liquid::Template.parse(text).render(payload.to_h, :registers => registers)]
    rescue Liquid::SyntaxError
      [text, text]
    end
  end
end

Jekyll::Hooks.register [:pages, :documents], :pre_render do |page, payload|
  payload["page"] ||= page.to_liquid
  Probe.expand(page, payload)
end

Jekyll::Hooks.register [:pages, :documents], :post_convert do |page|
  source = CGI.escapeHTML(page.relative_path.delete_prefix("/"))
  page.content = page.content.gsub(%r{<(a|img)(?=[\s/])}i) { "<#{$1} data-source=\"#{source}\"" }
end

Jekyll::Hooks.register :site, :post_write do |site|
  written = site.pages + site.documents.select(&:write?)
  Probe::ANSWERS["pages"] = written.map do |page|
    [page.relative_path.delete_prefix("/"), page.destination(site.dest).delete_prefix("#{site.dest}/")]
  end
  Probe::ANSWERS["baseurl"] = "/#{site.config["baseurl"]}".squeeze("/").chomp("/")
  Probe::ANSWERS["host"] = site.config["url"].to_s
  File.write(ENV.fetch("PROBE_ANSWERS"), JSON.generate(Probe::ANSWERS))
end
