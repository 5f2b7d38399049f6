extension RunbookDocument {
    /// Puts a caption with a *Copy* button over each block of code. Without it a tap still selects the whole block:
    /// browsers let pages copy only over HTTPS and on the machine itself.
    package static let script = """
        for(const block of document.querySelectorAll("pre")){
        const figure=document.createElement("figure"),caption=document.createElement("figcaption");
        caption.append(block.dataset.caption);
        block.replaceWith(figure);
        figure.append(caption,block);
        if(!navigator.clipboard)continue;
        const button=document.createElement("button");
        button.type="button";
        button.textContent="Copy";
        button.addEventListener("click",()=>navigator.clipboard.writeText(block.textContent).then(
        ()=>{button.textContent="Copied";setTimeout(()=>{button.textContent="Copy"},2000)},
        ()=>{button.textContent="Select it by a tap"}));
        caption.append(button);
        }
        """
}
