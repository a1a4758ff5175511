import { request, variable } from "./request.ts";

/** The words go through a variable (request.ts says why); what comes back is quoted for PowerShell already. */
export const powershell = `# Completion of cacheauth for PowerShell: cacheauth completion powershell | Out-String | Invoke-Expression
Register-ArgumentCompleter -Native -CommandName cacheauth -ScriptBlock {
    param($wordToComplete, $commandAst, $cursorPosition)
    $words = @($commandAst.CommandElements | Select-Object -Skip 1 |
        Where-Object { $_.Extent.EndOffset -lt $cursorPosition } |
        ForEach-Object {
            if ($_ -is [System.Management.Automation.Language.StringConstantExpressionAst]) { $_.Value } else { $_.Extent.Text }
        })
    $words += ($wordToComplete -replace '^[''"]', '')
    $program = $commandAst.GetCommandName()
    $encoding = [Console]::OutputEncoding
    $answer = @()
    try {
        [Console]::OutputEncoding = [System.Text.Encoding]::UTF8
        $env:${variable} = $words -join "\`n"
        $answer = @(& $program '${request}' 'powershell' 2>$null)
    } catch {
    } finally {
        Remove-Item Env:\\${variable} -ErrorAction SilentlyContinue
        [Console]::OutputEncoding = $encoding
    }
    # No answer at all lets PowerShell complete the names of files.
    if ($answer.Count -eq 0 -or $answer[0] -ne 'nothing') { return }
    if ($answer.Count -eq 1) { return '' }
    $answer | Select-Object -Skip 1 | ForEach-Object {
        $text, $label, $about = $_.Split("\`t")
        if (-not $about) { $about = $label }
        [System.Management.Automation.CompletionResult]::new($text, $label, 'ParameterValue', $about)
    }
}
`;
