# From a draft record to the request that puts it into its ticket as an internal note: four lines,
# the ticket's id, the method, the path and the body. `$desk` is the help desk, `$agent` your
# address there. A record without a draft gives nothing.

# What the agent reads: first why it is on hold, then the draft, then what is to be kept and filled in.
def note:
    [ (.hold | values | "[HOLD for \(.to): \(.reason)]"),
      "Draft, not sent:",
      .draft.body,
      ( [ (.promises[]? | "promised: \(.do) by \(.by)" + (if .approval then " (needs approval)" else "" end)),
          (.holes[]? | "to fill in: \(.)") ]
        | select(length > 0) | join("\n") ) ]
    | join("\n\n");

# As HTML, for desks that take nothing else.
def html: @html | gsub("\n"; "<br>");

def requests: {
    zendesk: ["PUT", "/api/v2/tickets/\(.id | @uri).json",
        {ticket: {comment: {body: note, public: false}}}],
    freshdesk: ["POST", "/api/v2/tickets/\(.id | @uri)/notes",
        {body: (note | html), private: true}],
    gorgias: ["POST", "/api/tickets/\(.id | @uri)/messages",
        {channel: "internal-note", via: "api", from_agent: true, public: false,
         sender: {email: $agent}, source: {type: "internal-note", from: {address: $agent}, to: []},
         body_text: note, body_html: (note | html)}],
    front: ["POST", "/conversations/\(.id | @uri)/comments",
        {body: note}],
    helpscout: ["POST", "/v2/conversations/\(.id | @uri)/notes",
        {text: (note | html)}]
};

select(.draft != null)
| [.id] + (requests[$desk] // error("there is no desk \($desk)"))
| .[0], .[1], .[2], (.[3] | tojson)
